package effects

// shellRow is how a function starts a program or evaluates code.
type shellRow struct {
	command *argument
	args    *argument // a list of the command's arguments
	rest    bool      // the arguments behind the command are those of the program
	shell   string    // "yes": a shell reads it; "option": where the option shell says so
	code    string    // the program is this: eval, exec
	program string    // a fixed program
	words   bool      // the command may be a list
}

var (
	argsFirst = &argument{"args", 0}
	cmdFirst  = &argument{"command cmd code source", 0}
)

var shellPython = []row{
	{heads: "subprocess subprocess32", names: "run call check_call check_output Popen", shell: &shellRow{command: argsFirst, shell: "option", words: true}},
	{heads: "subprocess", names: "getoutput getstatusoutput", shell: &shellRow{command: &argument{"cmd", 0}, shell: "yes"}},
	{heads: "os", names: "system popen", shell: &shellRow{command: &argument{"command cmd", 0}, shell: "yes"}},
	{heads: "os", names: "execl execle execlp execlpe", shell: &shellRow{command: &argument{"file path", 0}}},
	{heads: "os", names: "execv execve execvp execvpe posix_spawn posix_spawnp", shell: &shellRow{command: &argument{"file path", 0}, args: &argument{"args argv", 1}}},
	{heads: "os", names: "spawnl spawnle spawnlp spawnlpe", shell: &shellRow{command: &argument{"file path", 1}}},
	{heads: "os", names: "spawnv spawnve spawnvp spawnvpe", shell: &shellRow{command: &argument{"file path", 1}, args: &argument{"args", 2}}},
	{heads: "asyncio asyncio.subprocess", names: "create_subprocess_shell", shell: &shellRow{command: cmdFirst, shell: "yes"}},
	{heads: "asyncio asyncio.subprocess", names: "create_subprocess_exec", shell: &shellRow{command: &argument{"program", 0}, rest: true}},
	{heads: "anyio trio", names: "run_process open_process", shell: &shellRow{command: cmdFirst, words: true}},
	{heads: "commands", names: "getoutput getstatusoutput", shell: &shellRow{command: cmdFirst, shell: "yes"}},
	{heads: "pexpect pexpect..popen_spawn ptyprocess..PtyProcess pexpect..replwrap", names: "spawn run runu PopenSpawn", shell: &shellRow{command: cmdFirst, args: &argument{"args", 1}}},
	{heads: "pty", names: "spawn", shell: &shellRow{command: &argument{"argv", 0}, words: true}},
	{heads: "invoke..Context invoke..task invoke fabric..Connection fabric", names: "run sudo local", shell: &shellRow{command: cmdFirst, shell: "yes"}},
	{heads: "paramiko..SSHClient", names: "exec_command", shell: &shellRow{command: cmdFirst, shell: "yes"}},
	{heads: "asyncssh..connect", names: "run create_process", shell: &shellRow{command: cmdFirst, shell: "yes"}},
	{heads: "docker..from_env docker..DockerClient docker..models.containers", any: true, names: "exec_run", shell: &shellRow{command: &argument{"cmd", 0}, words: true}},
	{heads: "docker..from_env docker..DockerClient", through: "containers", names: "run", shell: &shellRow{command: &argument{"command", 1}, words: true}},
	{heads: "plumbum plumbum.cmd sh", names: "bash git rm curl python python3 ls cat docker kubectl npm pip ssh scp tar make grep find sudo sed awk mv cp chmod", shell: &shellRow{program: "=", rest: true}},
	{heads: "", names: "eval", shell: &shellRow{command: &argument{"source", 0}, code: "eval"}},
	{heads: "", names: "exec", shell: &shellRow{command: &argument{"source", 0}, code: "exec"}},
	{heads: "builtins", names: "exec", shell: &shellRow{command: &argument{"source", 0}, code: "exec"}},
	{heads: "builtins", names: "eval", shell: &shellRow{command: &argument{"source", 0}, code: "eval"}},
	{heads: "", names: "compile", shell: &shellRow{command: &argument{"source", 0}, code: "compile"}},
	{heads: "code", names: "InteractiveInterpreter InteractiveConsole interact", shell: &shellRow{command: &argument{"", -1}, code: "exec"}},
	{heads: "IPython..get_ipython IPython", names: "run_cell system run_line_magic", shell: &shellRow{command: &argument{"raw_cell cmd", 0}, code: "exec"}},
	{heads: "langchain_experimental..PythonREPL langchain_community..PythonREPL", names: "run", shell: &shellRow{command: &argument{"command", 0}, code: "exec"}},
	{heads: "langchain_experimental..PythonREPLTool langchain_experimental..PythonAstREPLTool", names: "run invoke", shell: &shellRow{command: &argument{"tool_input input", 0}, code: "exec"}},
	{heads: "langchain_community..BashProcess langchain_community..ShellTool langchain_community.tools..ShellTool", names: "run invoke", shell: &shellRow{command: &argument{"commands tool_input input", 0}, shell: "yes"}},
	{heads: "timeit", names: "timeit", shell: &shellRow{command: &argument{"stmt", 0}, code: "exec"}},
	{heads: "runpy", names: "run_module", shell: &shellRow{command: &argument{"mod_name", 0}, code: "exec"}},
}

const childProcess = "child_process child_process.promises"

var shellScript = []row{
	{heads: childProcess, names: "exec execSync", shell: &shellRow{command: &argument{"", 0}, shell: "yes"}},
	{heads: childProcess + " cross-spawn", names: "spawn spawnSync execFile execFileSync sync", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}, shell: "option"}},
	{heads: childProcess, names: "fork", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}, program: "node"}},
	{heads: "", names: "cross-spawn execa", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}, shell: "option"}},
	{heads: "execa tinyexec nano-spawn", names: "execa execaSync sync x exec", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}, shell: "option"}},
	{heads: "execa", names: "execaCommand execaCommandSync command commandSync", shell: &shellRow{command: &argument{"", 0}}},
	{heads: "execa", names: "execaNode node", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}, program: "node"}},
	{heads: "zx bun Bun", names: "$", shell: &shellRow{command: &argument{"", 0}, shell: "yes"}},
	{heads: "execa", names: "$", shell: &shellRow{command: &argument{"", 0}}},
	{heads: "shelljs", names: "exec", shell: &shellRow{command: &argument{"", 0}, shell: "yes"}},
	{heads: "Bun", names: "spawn spawnSync", shell: &shellRow{command: &argument{"cmd", 0}, words: true}},
	{heads: "Deno", names: "Command", shell: &shellRow{command: &argument{"", 0}, args: &argument{"args", -1}}},
	{heads: "Deno", names: "run", shell: &shellRow{command: &argument{"cmd", 0}, words: true}},
	{heads: "node-pty @lydell/node-pty", names: "spawn", shell: &shellRow{command: &argument{"", 0}, args: &argument{"", 1}}},
	{heads: "", names: "eval", shell: &shellRow{command: &argument{"", 0}, code: "eval"}},
	{heads: "", names: "Function", shell: &shellRow{command: &argument{"", 0}, code: "Function"}},
	{heads: "vm vm.Script vm2 vm2..VM vm2..NodeVM isolated-vm", names: "runInContext runInNewContext runInThisContext compileFunction Script run", shell: &shellRow{command: &argument{"", 0}, code: "eval"}},
	{heads: "ssh2..Client node-ssh..NodeSSH", names: "exec execCommand", shell: &shellRow{command: &argument{"", 0}, shell: "yes"}},
}
