"""A course as files, small but with everything a course can have."""

from app.content.folder import Folder
from app.courses.models import CourseVersion, VersionFile
from app.courses.operations import keep
from app.platform.db import db

COURSE = """\
id: "lines"
version: "1"
category: supervisory_skills
titles: {en: "Leading a line", km: "ដឹកនាំខ្សែដេរ", ar: "قيادة خط الخياطة"}
summary: {en: "How to lead a line.", km: "របៀបដឹកនាំខ្សែ។", ar: "كيف تقود خطًا."}
objectives: {en: ["I can plan my shift."], km: ["ខ្ញុំអាចរៀបផែនការវេន។"], ar: ["أستطيع أن أخطط لورديتي."]}
audience: [supervisor]
themes: [osh]
hours: 4
group_size: {min: 8, max: 25}
modalities: [in_person]
languages:
  en: {reviewed: "2026-11-20"}
  km: {reviewed: false}
  ar: {reviewed: false}
validity: {months: 24}
pass_rule: {attendance: 0.8, test: {unit: "post-test", share: 0.6}, evaluation: true}
sources: ["A public guide"]
review_by: "2027-11-01"
layouts:
  - id: "half-day"
    titles: {en: "One half-day"}
    parts:
      - {titles: {en: "Half-day 1"}, minutes: 240, units: ["lesson", "post-test"]}
forms:
  - {id: "evaluation", kind: evaluation, titles: {en: "What did you think?"}}
units:
  - {id: "lesson", kind: lesson, minutes: 60, titles: {en: "My shift", km: "វេនរបស់ខ្ញុំ", ar: "ورديتي"}}
  - {id: "meetings", kind: meeting, minutes: 240, titles: {en: "Half-days", km: "ពាក់កណ្ដាលថ្ងៃ", ar: "أنصاف الأيام"}}
  - {id: "post-test", kind: quiz, minutes: 20, phase: post, titles: {en: "Test", km: "តេស្ត", ar: "اختبار"}}
"""
LESSON = """\
# My shift

## What you will be able to do

- Plan a shift.

## Key points

**Ten minutes.** Plan *before* the bell.

![A clock above a sewing line](media/clock.svg)

> Write it down.

- [ ] Who is absent?
"""
QUESTION = """\
// source: a public guide
// review by: 2027-11-01
::lines-01:: [plain] {question} {{
  ={best} # {why}
  ~%50%{weak}
  ~{harmful}
}}
"""
KEY = "KEY-that-nobody-prints"
FILES = {
    "course.yaml": COURSE,
    "en/lesson.md": LESSON,
    "en/lesson.guide.md": "# Trainer\n\n## Aim\n\nThey plan.\n\n## Time\n\n| Minutes | What |\n|---|---|\n| 60 | Talk |\n",
    "en/lesson.handout.md": "# Handout\n\nFold me.\n\n| Point | What I do |\n|---|---|\n| 1 | |\n| 2 | |\n",
    "en/guide.md": "# How to run it\n\n## Whom to invite\n\nSupervisors.\n",
    "en/post-test.gift": QUESTION.format(question="Smoke?", best="Leave.", why=KEY, weak="Call.", harmful="Wait."),
    "en/evaluation.form.yaml": (
        'intro: "Tell us."\nanonymous: true\nitems:\n  - {id: "useful", text: "It was useful.", scale: agreement}\n'
        '  - {id: "change", text: "What should change?", lines: 3}\nclosing: "Thank you."\n'
    ),
    "km/lesson.md": "# វេនរបស់ខ្ញុំ\n\n## គោលបំណង\n\n- រៀបផែនការ។\n\n## ចំណុចសំខាន់\n\n**ដប់នាទី។** មុនកណ្ដឹង។\n",
    "km/post-test.gift": QUESTION.format(question="ផ្សែង?", best="ចេញ។", why=KEY, weak="ហៅ។", harmful="រង់ចាំ។"),
    "ar/lesson.md": "# ورديتي\n\n## الأهداف\n\n- خطّط.\n\n## النقاط\n\n**عشر دقائق.** قبل الجرس.\n",
    "ar/post-test.gift": QUESTION.format(question="دخان؟", best="أخرج.", why=KEY, weak="أتصل.", harmful="أنتظر."),
    "media/clock.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>clock</title>'
        '<circle cx="4" cy="4" r="3" fill="#2f3e77"/></svg>'
    ),
}


def folder(code: str = "lines", **changed: str) -> Folder:
    """The course under a code of its own; `changed` replaces texts, by the name of the file without what ends it."""
    files = {path: text.replace('id: "lines"', f'id: "{code}"') for path, text in FILES.items()}
    for name, text in changed.items():
        files[next(path for path in files if path.split("/")[-1].split(".")[0] == name)] = text
    return Folder(code, {path: text.encode() for path, text in files.items()}, code)


def attach(version: CourseVersion, **changed: str) -> None:
    """Give a version files, as if it had been published from them."""
    files = folder(version.course.code, **changed).files
    db.session.add_all(VersionFile(version_id=version.id, path=path, blob_key=keep(data)) for path, data in files.items())
    db.session.flush()
