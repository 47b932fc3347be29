"""Every permission of the product, in alphabetical order, apart from the roles that hold it."""

from enum import StrEnum


class Permission(StrEnum):
    """`<area>:<thing>:<action>`; the description is what an administrator reads."""

    description: str

    def __new__(cls, value: str, description: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    ACCOUNTS_INVITE = "accounts:account:invite", "Invite people, give them roles and see their accounts."
    ACCOUNTS_MANAGE = "accounts:account:manage", "Create staff and factory accounts and give them roles."
    ATTENDANCE_DECLARE = "attendance:room:declare", "Check in the people who sit in the room of the own factory."
    ATTENDANCE_MARK = "attendance:mark:write", "Take the roll call of a training session and correct marks."
    AUDIT_READ = "audit:entry:read", "Search the log of changes."
    CATALOGUE_READ = "courses:course:read", "Read the catalogue."
    CERTIFICATES_DESIGN = "certificates:design:write", "Design how certificates look, what they say and who signs them."
    CERTIFICATES_DOWNLOAD = "certificates:file:download", "Download certificates of own people."
    CERTIFICATES_MANAGE = "certificates:certificate:manage", "Suspend, revoke and re-issue certificates."
    COMMITTEES_MANAGE = "factories:committee:manage", "Set up committees of a factory and name their members."
    COMMITTEES_READ = "factories:committee:read", "See the committees of a factory and who is on them."
    COMMITTEES_SIDE = "factories:committee:side", "See for which side the members of a committee speak."
    CONFLICTS_OVERRIDE = "sessions:conflict:override", "Plan although a trainer, interpreter, room or link is taken."
    COURSES_AUTHOR = "courses:draft:write", "Write and change drafts of courses."
    COURSES_PUBLISH = "courses:course:publish", "Publish a draft; take a course out of the catalogue and back."
    COVERAGE_READ = "coverage:figure:read", "See who is covered in a factory."
    FACTORIES_MANAGE = "factories:factory:manage", "Create a factory and change its settings, terms and lines."
    FACTORIES_READ = "factories:factory:read", "See a factory, its people and its learning record."
    GROUP_FIGURES_READ = "coverage:group:read", "See the factories of a group in numbers, never in names."
    HEADCOUNTS_IMPORT = "factories:headcount:import", "Enter the declared headcount of a factory."
    HEADCOUNTS_READ = "factories:headcount:read", "See the declared headcount of a factory."
    HELPERS_APPOINT = "sessions:helper:appoint", "Ask helpers to a training session."
    INTEREST_DECLARE = "sessions:interest:declare", "Say that a factory wants a course, and for how many people."
    ITEMS_READ = "quizzes:item:read", "See how the questions of a quiz work, and read the answers of one person."
    KIOSK_START = "sessions:kiosk:start", "Turn a tablet into a kiosk for a training session."
    LESSONS_LEARN = "lessons:progress:write", "Keep the own progress in lessons and practice tasks."
    MAIL_READ = "mail:outbox:read", "See which mails were sent, delayed or refused."
    PEOPLE_EDIT = "factories:person:edit", "Add people, correct what is known of them, say what they do."
    PEOPLE_MERGE = "factories:person:merge", "Join two entries that are one person, and take it back."
    PEOPLE_PIN = "factories:person:pin", "Give people new PINs and sign-in cards."
    PRACTICE_READ = "lessons:practice:read", "See what people of own factories logged for their practice tasks."
    PRIVACY_MANAGE = "privacy:person:manage", "Export, pseudonymise and keep no longer than needed."
    PROGRAMMES_CREATE = "factories:programme:create", "Create a programme."
    PROGRAMMES_MANAGE = "factories:programme:manage", "Change the settings, holidays and groups of a programme."
    QUIZZES_GRADE = "quizzes:grade:write", "Grade open answers, decide on late ones, open attempts again."
    QUIZZES_OPEN = "quizzes:window:open", "Open and close the quiz of a training session."
    QUIZZES_TAKE = "quizzes:attempt:take", "Take the own quiz."
    REGISTERS_MANAGE = "sessions:register:manage", "Keep trainers, their leave, host accounts, planning rules."
    REQUIREMENTS_MANAGE = "coverage:requirement:manage", "Say who must be trained in what, and from when on."
    REQUIREMENTS_READ = "coverage:requirement:read", "See who must be trained in what in a programme."
    RESULTS_READ = "quizzes:result:read", "See who passed the test of a training session."
    ROSTERS_IMPORT = "factories:roster:import", "Import the roster of a factory."
    SEATS_CONFIRM = "sessions:seat:confirm", "Confirm or withdraw seats."
    SEATS_NOMINATE = "sessions:seat:nominate", "Nominate people of the own factory for a training session."
    SERVICE_MANAGE = "service:rule:manage", "Set what tiers are served, cycles, and what factories are entitled to."
    SERVICE_READ = "service:figure:read", "See how much factories are served, and what they are entitled to."
    SEATS_OWN = "sessions:seat:own", "Give back the own seat, or take one that is offered."
    SESSIONS_PLAN = "sessions:training:plan", "Plan, move and cancel training sessions."
    SESSIONS_READ = "sessions:training:read", "See training sessions."
    SESSIONS_REOPEN = "sessions:training:reopen", "Open a closed training session again."
    WAIVERS_MANAGE = "coverage:waiver:manage", "Exempt a factory or a person there from a requirement for a time."
