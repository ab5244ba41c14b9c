// package.mjs FOLDER TARGET FILE: packs a folder with vsce. Its command line would ask the registry for newer versions.
import { createVSIX } from '@vscode/vsce';

const [cwd, target, packagePath] = process.argv.slice(2);
const pages = 'https://github.com/qodacode/qodacode/blob/main/editors/vscode';
const images = 'https://raw.githubusercontent.com/qodacode/qodacode/main/editors/vscode';
await createVSIX({ cwd, target, packagePath, dependencies: false, baseContentUrl: pages, baseImagesUrl: images });
