/**
 * What programs write for a terminal: CSI (`ESC [31m`), OSC up to its end (a hyperlink's address, a title), other
 * strings, and short sequences; each also with its one-character introducer. ECMA-48, 5.4 to 5.6.
 */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** The text as a terminal shows it, without colors, styles and links. */
export const withoutEscapes = (text: string): string => text.replace(sequences, '');
