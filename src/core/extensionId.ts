/** `<publisher>.<name>` of package.json: VS Code's name for the extension, and of the folder with its traces. */
export const extensionId = 'spanhop.spanhop';
