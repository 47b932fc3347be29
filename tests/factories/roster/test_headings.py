"""Headings as HR offices write them."""

import pytest

from app.factories.roster.headers import meanings

HEADINGS = {
    "employee_number": [
        "Emp. No.", "Emp#", "Employee #", "Employee ID No.", "EMP_ID", "EmployeeID", "Emp ID No", "ID No.", "I.D. No.", "Worker ID", "Punch Card No.",
        "Card No", "Card #", "Proximity No", "Payroll #", "Staff ID", "Badge #", "Badge ID", "Token No.", "E.P.F. No", "EPF/ETF No", "T. No.",
        "Clock #", "Personal No.", "Personnel ID", "Associate ID", "Operator Code", "HRIS ID", "HR ID", "Old ID", "New ID", "Code No",
        "Employee's ID", "Emp.Code", "empCode", "EmpNo", "Employee Number (ID)", "Reg. No.", "Serial/ID No", "Biometric ID", "Finger ID",
        "Attendance ID", "Member No", "EPF No", "Cardno", "ID Number", "Ref. No.", "Company ID", "Factory ID No.", "ID CARD NO.", "Matricule",
        "N° Matricule", "Nº de matricule", "Matricule No", "N° employé", "Code employé", "ID employé", "No. badge", "Identifiant", "Mle", "Matr.",
        "Numéro d'employé", "Código", "Código empleado", "No. de Empleado", "N° Empleado", "Carné", "Cod.", "Cód. Empleado", "Clave", "Num. Empleado",
        "Número de Trabajador", "Código de trabajador", "ID Empleado", "# Empleado", "Ficha No.", "Mã NV", "Mã số NV", "Mã thẻ", "Mã số thẻ", "MSNV",
        "Mã nhân viên", "Số thẻ", "Mã CNV", "Mã số CNV", "MNV", "Mã số công nhân", "NIK", "N.I.K", "No. Induk", "NIK Karyawan", "No. Karyawan",
        "ID Karyawan", "NIP", "No. Reg", "Kode", "Nomor Induk Pegawai", "No.ID", "الرقم الوظيفي", "رقم الموظف", "رقم وظيفي", "رقم البصمة", "كود",
        "الرمز", "رقم العامل", "Employee No. / الرقم الوظيفي", "መለያ ቁጥር", "የመ.ቁ", "የሠራተኛ መለያ ቁጥር", "መ.ቁ", "ID / መለያ", "អត្តលេខ", "អត្តលេខការងារ",
        "លេខកាតការងារ", "លេខសម្គាល់បុគ្គលិក", "អត្ត.លេខ", "ID អត្តលេខ", "លេខបុគ្គលិក", "আইডি", "আইডি নাম্বার", "কার্ড নং", "আইডি কার্ড নং",
        "কর্মী আইডি", "শ্রমিকের আইডি নং", "পরিচিতি নং", "සේවක අංකය", "අර්ථසාධක අංකය", "EPF අංකය", "ஊழியர் இலக்கம்", "இலக்கம்", "பணியாளர் எண்",
        "சேவை எண்", "ملازم نمبر", "کوڈ", "ملازم آئی ڈی", "آئی ڈی نمبر", "Sicil No", "Sicil", "Personel No", "Tabel raqami", "Табель №", "Таб. №",
        "Табельный №", "工号", "员工号", "厂号", "รหัส", "รหัสพนักงาน", "ဝန်ထမ်းနံပါတ်", "ဝန်ထမ်း ID", "कर्मचारी कोड", "टोकन नं", "कार्ड नंबर", "Laharana",
        "Nº Mecanográfico", "Nº de trabajador",
    ],
    "name": [
        "Name", "NAME", "Employee Name", "Emp. Name", "EmpName", "Emp Name", "Employee's Name", "Worker's Name", "Workers Name", "Name of Workers",
        "Name of the Worker", "Staff Name", "Full Name", "Fullname", "Name in Full", "Full name (English)", "Name (EN)", "Name (Eng)", "Name Eng",
        "Eng. Name", "Name (as per NID)", "Latin Name", "Name Latin", "Names", "Associate Name", "Team member name", "Operator name",
        "Nom et Prénom(s)", "Nom & Prénoms", "NOM ET PRENOMS", "Noms & Prénoms", "Nom complet", "Nom de l'employé(e)", "Nom/Prénom", "Nombre",
        "Nombre Completo", "Nombre y Apellido", "Apellidos y Nombres", "Nombre del Colaborador", "Nombre del Empleado", "Colaborador",
        "Nombres y apellidos completos", "Họ và tên", "Họ & tên", "Họ tên", "HỌ VÀ TÊN", "Tên nhân viên", "Họ và tên CNV", "Tên CNV", "Ho va ten",
        "Nama", "NAMA KARYAWAN", "Nama Lengkap", "Nama Operator", "Nama Karyawati", "Nama pegawai", "الاسم", "اسم الموظف", "الاسم الكامل",
        "اسم العامل/ة", "الإسم", "الاسم بالكامل", "ስም", "ሙሉ ስም", "የሠራተኛው ስም", "የሰራተኛው ሙሉ ስም", "ስም ከነ አያት", "የሰራተኞች ስም", "ឈ្មោះ", "គោត្តនាម-នាម",
        "នាមត្រកូល និងនាមខ្លួន", "ឈ្មោះបុគ្គលិក", "ឈ្មោះកម្មករ", "នាម-គោត្តនាម", "নাম", "শ্রমিকের নাম", "কর্মচারীর নাম", "নাম (বাংলা)",
        "কর্মকর্তা/কর্মচারীর নাম", "শ্রমিক/কর্মচারীর নাম", "නම", "සේවකයාගේ නම", "මුලකුරු සමග නම", "பெயர்", "ஊழியரின் பெயர்", "முழுப்பெயர்", "نام",
        "ملازم کا نام", "کارکن کا نام", "ورکر کا نام", "Adı Soyadı", "Ad-Soyad", "İsim Soyisim", "F.I.Sh.", "Ф.И.О.", "Ф.И.Ш.", "ФИО", "姓名", "中文姓名",
        "ชื่อ-สกุล", "ชื่อ - นามสกุล", "အမည်", "नाम", "कर्मचारी नाम", "Anarana sy fanampin'anarana", "Nome", "Nome Completo",
    ],
    "sex": [
        "Sex", "SEX", "Gender", "M/F", "F/M", "Sex (M/F)", "Gender (M/F)", "Male/Female", "Female/Male", "Sexe", "Sexe (H/F)", "Genre", "H/F", "F/H",
        "Sexo", "Género", "Sexo (H/M)", "M/H", "Giới tính", "Nam/Nữ", "Nam / nữ", "GT", "Phái", "L/P", "P/L", "Jenis Kelamin", "J/K", "JK",
        "Jns. Kelamin", "Kelamin", "الجنس", "النوع", "ذكر/أنثى", "ጾታ", "ፆታ", "ጾ", "ភេទ", "លិង្គ", "লিঙ্গ", "ছেলে/মেয়ে", "পুরুষ/মহিলা",
        "ස්ත්‍රී/පුරුෂ", "ස්ත්‍රී පුරුෂ භාවය", "பாலினம்", "ஆண்/பெண்", "பால்", "جنس", "صنف", "Cinsiyet", "Cinsiyeti", "Jinsi", "Пол", "Жинси", "性别",
        "เพศ", "ကျား/မ", "लिंग", "स्त्री/पुरुष", "Lahy/vavy", "W/M", "Gender (F=Female, M=Male)",
    ],
    "designation": [
        "Designation", "Desig.", "Desg.", "Position", "Job Title", "Job title / Position", "Post", "Occupation", "Function", "Job", "Work",
        "Present Designation", "Desigation", "Designation / Trade", "Trade", "Job Role", "Employee Designation", "Fonction", "Poste",
        "Poste de travail", "Emploi", "Fonction occupée", "Métier", "Puesto", "Cargo", "Puesto de Trabajo", "Cargo/Puesto", "Ocupación", "Chức vụ",
        "Chức danh", "Vị trí", "Công việc", "CV", "Chức vụ/Công việc", "Jabatan", "Posisi", "Pekerjaan", "Bagian/Jabatan", "المسمى الوظيفي",
        "الوظيفة", "المهنة", "طبيعة العمل", "የሥራ መደብ", "የስራ መደብ", "የሥራ መደቡ መጠሪያ", "ሥራ", "តួនាទី", "មុខងារ", "មុខតំណែង", "ការងារ", "পদবী", "পদবি",
        "পদের নাম", "තනතුර", "පදවිය", "பதவி", "தொழில்", "عہدہ", "Görevi", "Unvanı", "Lavozimi", "Должность", "Лавозими", "职位", "职务", "岗位", "ตำแหน่ง",
        "ตำแหน่งงาน", "ရာထူး", "पद", "पदनाम", "Andraikitra", "Função", "Cargo",
    ],
    "joined": [
        "DOJ", "D.O.J", "D.O.J.", "Date of Joining", "Joining Date", "Join Dt", "Joining Dt.", "Date of Join", "Date Joined", "Join Date", "JoinDate",
        "Hire Date", "Hired Date", "Start Date", "Date Hired", "Date of Hire", "Date of Employment", "Employment Date", "Dt. of Joining",
        "Dt of Joining", "Appointment Date", "Date Engaged", "Entry Date", "Date Started", "Service Start", "Joining", "DOJ (dd/mm/yyyy)",
        "Joined Date (D/M/Y)", "Date of entry", "Date d'embauche", "Date d'entrée", "Date embauche", "Embauché le", "Date de prise de service",
        "Entrée", "Date d'engagement", "Fecha de ingreso", "F. Ingreso", "Fec. Ingreso", "Fecha Ing.", "Fecha de Alta", "Fecha contratación",
        "Ngày vào làm", "Ngày vào", "Ngày vào Cty", "Ngày nhận việc", "Ngày bắt đầu làm việc", "Ngày ký HĐLĐ", "Ngày vào công ty", "Tgl Masuk",
        "Tgl. Masuk Kerja", "Tanggal Masuk", "TMK", "Mulai Kerja", "Tgl Bergabung", "Tanggal Join", "Join", "تاريخ التعيين", "تاريخ المباشرة",
        "تاريخ الإلتحاق", "تاريخ بداية العمل", "تاريخ الدخول", "የተቀጠረበት ቀን", "የቅጥር ቀን", "የቅጥር ዘመን", "የተቀጠረበት ቀን (ዓ.ም)", "ថ្ងៃចូលធ្វើការ",
        "ថ្ងៃខែឆ្នាំចូល", "កាលបរិច្ឆេទចូល", "ថ្ងៃចូលបម្រើការ", "যোগদানের তারিখ", "যোগদানের তাং", "පත්වීම් දිනය", "සේවයට බැඳුණු දිනය", "சேர்ந்த திகதி",
        "நியமன திகதி", "تاریخ بھرتی", "بھرتی تاریخ", "İşe Giriş Tarihi", "İşe Giriş", "Ishga kirgan sanasi", "Дата приема", "Дата приёма на работу",
        "入职日期", "入职时间", "วันเริ่มงาน", "วันที่เข้าทำงาน", "အလုပ်ဝင်သည့်နေ့", "नियुक्ति तिथि", "Daty nidirana", "Data de admissão",
    ],
    "phone": [
        "Phone", "Phone No.", "Phone #", "Tel", "Tel.", "Tel No", "Tel. No.", "Mobile", "Mob.", "Mob. No.", "Mobile No", "Mobile #", "Cell", "Cell #",
        "Cell No.", "Contact", "Contact No", "Contact #", "Contact Number", "Cellphone No.", "Ph. No.", "Ph No", "Phone number (self)",
        "WhatsApp No.", "Mobile Number", "Téléphone", "Tél", "Tél.", "N° Tél", "Numéro de téléphone", "Portable", "Contact tél.", "Teléfono",
        "Tel. Celular", "Celular", "Nº Teléfono", "No. Celular", "Móvil", "SĐT", "Số ĐT", "Điện thoại", "Số điện thoại", "ĐTDĐ", "No HP", "No. Hp",
        "HP", "No. Telp", "No. Telepon", "No. Handphone", "No WA", "Telp/HP", "رقم الهاتف", "الهاتف", "هاتف", "الموبايل", "رقم الجوال", "تلفون",
        "رقم التلفون", "ስልክ", "ስልክ ቁጥር", "លេខទូរស័ព្ទ", "ទូរស័ព្ទ", "លេខទូរសព្ទ", "মোবাইল", "মোবাইল নং", "মোবাইল নাম্বার", "ফোন নং", "දුරකථන අංකය",
        "දුරකථන", "தொலைபேசி இல", "தொலைபேசி இலக்கம்", "கைபேசி", "فون نمبر", "موبائل نمبر", "رابطہ نمبر", "Telefon", "Tel No", "GSM", "Cep Tel",
        "Telefon raqami", "Телефон", "电话", "手机号码", "联系电话", "เบอร์โทร", "เบอร์โทรศัพท์", "ဖုန်းနံပါတ်", "फोन नं", "मोबाइल", "Finday", "Telemóvel",
    ],
    "line": [
        "Line", "LINE", "Line No.", "Line #", "Ln", "Line/Section", "Section/Line", "Line Name", "Prod. Line", "Production Line", "Sewing Line",
        "Line / Unit", "Module", "Team", "Team No", "Cell #", "Work line", "Line ID", "Ligne", "Chaîne", "N° Ligne", "Module/Ligne", "Ligne/Service",
        "Línea", "Linea", "Módulo", "Línea/Módulo", "No. Línea", "Celula", "Chuyền", "Chuyền số", "Tổ", "Tổ/Chuyền", "Chuyền/Tổ", "Line Produksi",
        "Line/Bagian", "Lini", "No Line", "الخط", "خط الإنتاج", "رقم الخط", "خط", "መስመር", "ምድብ መስመር", "ខ្សែ", "ខ្សែទី", "ខ្សែសង្វាក់", "লাইন",
        "লাইন নং", "පේළිය", "லைன்", "வரிசை", "لائن", "لائن نمبر", "Hat", "Bant", "Bant No", "Liniya", "Линия", "组别", "线别", "ไลน์", "ไลน์ผลิต",
        "လိုင်း", "लाइन", "Linha",
    ],
}
SECTIONS = {"line": ("line", "section")}


@pytest.mark.parametrize("kind", HEADINGS)
def test_what_a_heading_says(kind: str) -> None:
    understood = SECTIONS.get(kind, (kind,))
    wrong = {}
    for heading in HEADINGS[kind]:
        found = [meaning.kind for meaning in meanings(heading)][:2]
        if not set(understood) & set(found):
            wrong[heading] = found
    assert wrong == {}


@pytest.mark.parametrize("heading", [
    "National ID", "Voter ID", "NID No.", "CNIC", "Passport No", "Email ID", "Bank Account ID", "Emergency contact no",
    "Father's name", "Mother's Name", "Date of Birth", "D.O.B", "Gross salary", "Blood Group", "Locker No", "Machine No.",
])
def test_what_must_not_be_kept_is_nothing_else(heading: str) -> None:
    found = meanings(heading)
    kept = {"employee_number", "name", "local_name", "sex", "line", "designation", "joined", "phone"}
    assert found and found[0].kind not in kept, found
