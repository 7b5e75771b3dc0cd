/** Quick picks draw `$(name)` as an icon: text from spans and servers must not. */
export const withoutIcons = (text: string): string => text.replaceAll('$(', '$\u200b(');
