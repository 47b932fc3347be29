"""Anonymous forms of a course: the evaluation and the survey of workers. They share nothing with attempts."""
