package effects

// fileRow is what a function does to a file or folder.
type fileRow struct {
	op       string    // "" where mode tells it
	path     *argument // nil: what the function is a method of
	mode     *argument // of open
	fallback string    // the mode where none is given
	optional bool      // without the path, nothing is done
	needs    bool      // the row only counts where the argument is a text that is a path
	below    *argument // a folder that the path is below
}

const pathlibHeads = "pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib.Path.cwd pathlib.Path.home anyio.Path aiopath.AsyncPath upath.UPath importlib.resources.files pydantic.FilePath pydantic.DirectoryPath pydantic.NewPath"

const pathlibSame = "resolve absolute expanduser joinpath parent with_name with_suffix with_stem parents [] relative_to"

var (
	pathFirst  = &argument{"path file filename src name fname p filepath file_path", 0}
	pathSecond = &argument{"dst destination target path dest to", 1}
)

var filePython = []row{
	{heads: "", names: "open", file: &fileRow{path: &argument{"file", 0}, mode: &argument{"mode", 1}, fallback: "r"}},
	{heads: "io aiofiles builtins", names: "open", file: &fileRow{path: &argument{"file", 0}, mode: &argument{"mode", 1}, fallback: "r"}},
	{heads: "codecs tarfile gzip bz2 lzma h5py fsspec smart_open jsonlines anyio trio", names: "open open_file File", file: &fileRow{path: &argument{"filename name file urlpath uri", 0}, mode: &argument{"mode", 1}, fallback: "r"}},
	{heads: "smart_open zipfile gzip bz2 lzma tarfile", names: "smart_open ZipFile GzipFile BZ2File LZMAFile TarFile", file: &fileRow{path: &argument{"file filename name", 0}, mode: &argument{"mode", 1}, fallback: "r"}},
	{heads: "zipfile.ZipFile tarfile.open tarfile.TarFile", names: "extractall", file: &fileRow{op: "write", path: &argument{"path", 0}}},
	{heads: "zipfile.ZipFile tarfile.open tarfile.TarFile", names: "extract", file: &fileRow{op: "write", path: &argument{"path", 1}}},
	{heads: "os aiofiles.os", names: "remove unlink rmdir removedirs", file: &fileRow{op: "delete", path: pathFirst}},
	{heads: "shutil aioshutil", names: "rmtree", file: &fileRow{op: "delete", path: pathFirst}},
	{heads: "send2trash", names: "send2trash", file: &fileRow{op: "delete", path: &argument{"paths", 0}}},
	{heads: "os aiofiles.os", names: "mkdir makedirs mknod mkfifo truncate utime", file: &fileRow{op: "write", path: pathFirst}},
	{heads: "os aiofiles.os", names: "rename renames replace link symlink", file: &fileRow{op: "write", path: pathSecond}},
	{heads: "shutil aioshutil", names: "copy copy2 copyfile copytree move", file: &fileRow{op: "write", path: pathSecond}},
	{heads: "shutil", names: "make_archive", file: &fileRow{op: "write", path: &argument{"base_name", 0}}},
	{heads: "shutil", names: "unpack_archive", file: &fileRow{op: "write", path: &argument{"extract_dir", 1}}},
	{heads: "os aiofiles.os", names: "listdir scandir walk fwalk", file: &fileRow{op: "list", path: &argument{"path top", 0}}},
	{heads: "glob", names: "glob iglob", file: &fileRow{op: "list", path: &argument{"pathname", 0}, below: &argument{"root_dir", -1}}},
	{heads: "os", names: "chmod chown lchmod lchown chflags", file: &fileRow{op: "chmod", path: pathFirst}},
	{heads: "shutil", names: "chown", file: &fileRow{op: "chmod", path: pathFirst}},
	{heads: "os", names: "readlink", file: &fileRow{op: "read", path: pathFirst}},
	{heads: "os", names: "open", file: &fileRow{path: pathFirst, mode: &argument{"flags", 1}}},
	{heads: "os", names: "startfile", file: &fileRow{op: "exec", path: pathFirst}},
	{heads: "tempfile", names: "mkdtemp mkstemp NamedTemporaryFile TemporaryDirectory", file: &fileRow{op: "write", path: &argument{"dir", -1}}},

	{heads: pathlibHeads, through: pathlibSame, names: "read_text read_bytes readlink", file: &fileRow{op: "read"}},
	{heads: pathlibHeads, through: pathlibSame, names: "write_text write_bytes touch mkdir", file: &fileRow{op: "write"}},
	{heads: pathlibHeads, through: pathlibSame, names: "unlink rmdir", file: &fileRow{op: "delete"}},
	{heads: pathlibHeads, through: pathlibSame, names: "rename replace", file: &fileRow{op: "write", path: &argument{"target", 0}}},
	{heads: pathlibHeads, through: pathlibSame, names: "symlink_to hardlink_to", file: &fileRow{op: "write"}},
	{heads: pathlibHeads, through: pathlibSame, names: "iterdir glob rglob walk", file: &fileRow{op: "list"}},
	{heads: pathlibHeads, through: pathlibSame, names: "chmod lchmod", file: &fileRow{op: "chmod"}},
	{heads: pathlibHeads, through: pathlibSame, names: "open", file: &fileRow{mode: &argument{"mode", 0}, fallback: "r"}},

	{heads: "pandas polars geopandas", names: "read_csv read_json read_excel read_parquet read_pickle read_feather read_hdf read_xml read_table read_orc scan_csv scan_parquet read_file", file: &fileRow{op: "read", path: &argument{"filepath_or_buffer path_or_buf io path source filename", 0}}},
	{heads: "numpy joblib torch", names: "load loadtxt genfromtxt fromfile", file: &fileRow{op: "read", path: &argument{"file f filename fname", 0}}},
	{heads: "numpy", names: "save savez savetxt savez_compressed", file: &fileRow{op: "write", path: &argument{"file fname", 0}}},
	{heads: "torch joblib", names: "save dump", file: &fileRow{op: "write", path: &argument{"f filename", 1}}},
	{heads: "cv2 imageio imageio.v2 imageio.v3", names: "imwrite", file: &fileRow{op: "write", path: &argument{"filename uri", 0}}},
	{heads: "cv2 imageio imageio.v2 imageio.v3", names: "imread", file: &fileRow{op: "read", path: &argument{"filename uri", 0}}},
	{heads: "PIL.Image", names: "open", file: &fileRow{op: "read", path: &argument{"fp", 0}}},
	{heads: "PIL.Image.open PIL.Image.new PIL.Image.fromarray PIL.Image.Image", through: "resize convert crop rotate copy thumbnail transpose filter", names: "save", file: &fileRow{op: "write", path: &argument{"fp", 0}}},
	{heads: "matplotlib.pyplot", names: "savefig", file: &fileRow{op: "write", path: &argument{"fname", 0}}},
	{heads: "soundfile wave scipy.io.wavfile", names: "write", file: &fileRow{op: "write", path: &argument{"file filename", 0}}},
	{heads: "docx pptx openpyxl pypdf PyPDF2 fitz pymupdf pdfplumber", names: "Document Presentation load_workbook PdfReader open", file: &fileRow{op: "read", path: &argument{"docx pptx filename stream path_or_fp", 0}, optional: true}},
	{heads: "docx..Document pptx..Presentation openpyxl..Workbook openpyxl..load_workbook fpdf..FPDF", names: "save output", file: &fileRow{op: "write", path: &argument{"path file filename path_or_stream name", 0}, optional: true}},
	{heads: "linecache", names: "getline getlines", file: &fileRow{op: "read", path: pathFirst}},
	{heads: "runpy", names: "run_path", file: &fileRow{op: "exec", path: &argument{"path_name", 0}}},
	{heads: "pandas pandas..DataFrame pandas..Series pandas..read_csv pandas..concat pandas..merge", any: true, names: "to_csv to_json to_excel to_parquet to_pickle to_html to_feather to_markdown to_hdf to_xml", file: &fileRow{op: "write", path: &argument{"path_or_buf path excel_writer buf fname", 0}, optional: true}},
	{heads: "polars polars..DataFrame", any: true, names: "write_csv write_json write_parquet write_excel write_ndjson", file: &fileRow{op: "write", path: &argument{"file workbook", 0}, optional: true}},
}

const nodeFS = "fs fs.promises fs/promises fs-extra graceful-fs memfs @zenfs/core fs-jetpack original-fs mz/fs"

var fileScript = []row{
	{heads: nodeFS, names: "readFile readFileSync createReadStream readJson readJSON readJsonSync readlink readlinkSync openAsBlob", file: &fileRow{op: "read", path: &argument{"", 0}}},
	{heads: nodeFS, names: "writeFile writeFileSync createWriteStream mkdir mkdirSync mkdtemp mkdtempSync truncate truncateSync writeJson writeJSON writeJsonSync writeJSONSync outputFile outputFileSync outputJson outputJSON outputJsonSync ensureDir ensureDirSync ensureFile ensureFileSync mkdirp mkdirs utimes utimesSync", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: nodeFS, names: "appendFile appendFileSync", file: &fileRow{op: "append", path: &argument{"", 0}}},
	{heads: nodeFS, names: "unlink unlinkSync rm rmSync rmdir rmdirSync remove removeSync emptyDir emptyDirSync", file: &fileRow{op: "delete", path: &argument{"", 0}}},
	{heads: nodeFS, names: "rename renameSync copyFile copyFileSync cp cpSync copy copySync move moveSync link linkSync symlink symlinkSync", file: &fileRow{op: "write", path: &argument{"", 1}}},
	{heads: nodeFS, names: "readdir readdirSync opendir opendirSync glob globSync watch watchFile", file: &fileRow{op: "list", path: &argument{"", 0}}},
	{heads: nodeFS, names: "chmod chmodSync chown chownSync lchown lchownSync", file: &fileRow{op: "chmod", path: &argument{"", 0}}},
	{heads: nodeFS, names: "open openSync", file: &fileRow{path: &argument{"", 0}, mode: &argument{"", 1}, fallback: "r"}},
	{heads: "Bun", names: "write", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: "Bun.file", names: "text json arrayBuffer bytes stream", file: &fileRow{op: "read"}},
	{heads: "Bun.file", names: "delete unlink", file: &fileRow{op: "delete"}},
	{heads: "Deno", names: "readTextFile readTextFileSync readFile readFileSync", file: &fileRow{op: "read", path: &argument{"", 0}}},
	{heads: "Deno", names: "writeTextFile writeTextFileSync writeFile writeFileSync mkdir mkdirSync create makeTempDir makeTempFile truncate", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: "Deno", names: "remove removeSync", file: &fileRow{op: "delete", path: &argument{"", 0}}},
	{heads: "Deno", names: "rename renameSync copyFile copyFileSync link symlink", file: &fileRow{op: "write", path: &argument{"", 1}}},
	{heads: "Deno", names: "readDir readDirSync", file: &fileRow{op: "list", path: &argument{"", 0}}},
	{heads: "Deno", names: "chmod chmodSync chown chownSync", file: &fileRow{op: "chmod", path: &argument{"", 0}}},
	{heads: "", names: "rimraf", file: &fileRow{op: "delete", path: &argument{"", 0}}},
	{heads: "rimraf del trash", names: "rimraf rimrafSync sync deleteAsync deleteSync del", file: &fileRow{op: "delete", path: &argument{"", 0}}},
	{heads: "", names: "del trash", file: &fileRow{op: "delete", path: &argument{"", 0}, needs: true}},
	{heads: "", names: "mkdirp make-dir", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: "mkdirp make-dir", names: "mkdirp mkdirpSync makeDirectory makeDirectorySync sync", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: "", names: "glob fast-glob globby tiny-glob", file: &fileRow{op: "list", path: &argument{"", 0}, below: &argument{"cwd", -1}}},
	{heads: "glob fast-glob globby tinyglobby", names: "glob globSync sync async stream globby globbySync", file: &fileRow{op: "list", path: &argument{"patterns", 0}, below: &argument{"cwd", -1}}},
	{heads: "jsonfile load-json-file", names: "readFile readFileSync loadJsonFile", file: &fileRow{op: "read", path: &argument{"", 0}}},
	{heads: "jsonfile write-json-file write-file-atomic", names: "writeFile writeFileSync writeJsonFile", file: &fileRow{op: "write", path: &argument{"", 0}}},
	{heads: "", names: "write-file-atomic", file: &fileRow{op: "write", path: &argument{"", 0}}},
}
