/** How the views of a trace are set up, as texts by name: `statistics.by` is `line`. */
export type ViewSettings = Readonly<Record<string, string>>;

/** Which of its values a setting has; undefined: none of them. */
export const settingOf = <Value extends string>(
  settings: ViewSettings,
  name: string,
  values: readonly Value[],
): Value | undefined => values.find((value) => value === settings[name]);

/** How a table is sorted, as the text of a setting: `-p95` has the largest first. */
export const sortText = ({
  key,
  ascending,
}: {
  readonly key: string;
  readonly ascending: boolean;
}): string => `${ascending ? '+' : '-'}${key}`;

/** The other way round; undefined: by none of these keys. */
export function sortOf<Key extends string>(
  settings: ViewSettings,
  name: string,
  keys: readonly Key[],
): { readonly key: Key; readonly ascending: boolean } | undefined {
  const text = settings[name] ?? '';
  const key = keys.find((one) => text === `+${one}` || text === `-${one}`);
  return key && { key, ascending: text.startsWith('+') };
}
