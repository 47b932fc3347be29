"""What came of quizzes: how their questions work, what people learned, who is where in a running one."""
