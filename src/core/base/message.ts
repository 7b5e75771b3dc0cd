/** English sentence to its translation, as in `l10n/bundle.l10n.<language>.json`. */
export type MessageBundle = Readonly<Record<string, string>>;

let translations: MessageBundle = {};

/** Sets the language of `message`; once, when a thread or page starts. */
export function useMessages(bundle: MessageBundle): void {
  translations = bundle;
}

/**
 * A sentence for the user in the chosen language, English where it has no translation. `{0}`, `{1}`… stand
 * for the arguments. The template is written out at the call, so that a test can hold the bundles complete.
 * The format is `vscode.l10n.t`'s, which the host uses for the same bundles.
 */
export function message(template: string, ...args: readonly (string | number)[]): string {
  const sentence = Object.hasOwn(translations, template) ? translations[template] : undefined;
  if (args.length === 0) return sentence ?? template;
  return (sentence ?? template).replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? placeholder : String(value);
  });
}
