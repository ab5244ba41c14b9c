package agents

func (l *langgraph) limits() {}

func (l *langgraph) readTasks() {}
