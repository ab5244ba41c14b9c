package render

func (m *maker) tools()   {}
func (m *maker) agents()  {}
func (m *maker) imports() {}
func (m *maker) runs()    {}
