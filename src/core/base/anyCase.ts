/**
 * A text as texts are compared in any case, and however their letters were put together: macOS writes the names of files
 * with `é` as two characters, and `한` as three.
 */
export const anyCase = (text: string): string => text.toLowerCase().normalize('NFC');
