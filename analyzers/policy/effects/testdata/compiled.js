"use strict";
const fs = __importStar(require("fs"));
const path_1 = __importDefault(require("path"));
const child_process_1 = require("child_process");
const axios_1 = __importDefault(require("axios"));
const pg = __toESM(require("pg"), 1);
async function main(name) {
  fs.writeFileSync(path_1.default.join("out", name), ""); // => file write out/… prefix param
  (0, child_process_1.execSync)("ls"); // => shell ls "ls" full via-shell
  await axios_1.default.get("https://api.example.com"); // => http GET https://api.example.com host=api.example.com full
  const pool = new pg.Pool();
  await pool.query("DELETE FROM a"); // => sql delete [a] full
  await fs.promises.unlink(name); // => file delete … none param
}
