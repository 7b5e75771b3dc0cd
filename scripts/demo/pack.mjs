// Packs what is built and prints the path of the VSIX in its last line.
import { packageExtension } from '../package.mjs';

const { path } = await packageExtension();
console.log(path);
