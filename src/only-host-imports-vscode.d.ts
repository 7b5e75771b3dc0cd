/**
 * What `vscode` is outside src/host: the tsconfigs map the name here, and leave this file out of their
 * project, so that an import of it, of types alone too, fails with this file's name.
 */
export {};
