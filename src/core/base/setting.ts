/** A setting as package.json contributes it. */
export interface SettingEntry<Value> {
  /** An `object` maps texts to texts, an `array` holds texts. */
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly default: Value;
  /**
   * `application`: the user's own settings only; they concern every window's traces. `machine`: so too, and each
   * machine that a window works on has its own.
   */
  readonly scope: 'window' | 'application' | 'machine';
  /** A workspace that isn't trusted can't set it. */
  readonly restricted: boolean;
  readonly values?: readonly Value[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Setting to value type, as the settings' own table. */
export type SettingEntries<Values> = { readonly [Id in keyof Values]: SettingEntry<Values[Id]> };

/** Reads what is set now. */
export type SettingReader<Values> = <Id extends keyof Values>(id: Id) => Values[Id];

/**
 * A setting's value as Spanhop may use it: settings.json can hold anything.
 * @returns the default where `value` has the wrong type or isn't one of the choices; a number is brought into its range.
 */
export function validSetting<Value>(entry: SettingEntry<Value>, value: unknown): Value {
  if (entry.type === 'object') return isTextRecord(value) ? (value as Value) : entry.default;
  if (entry.type === 'array') return isTextList(value) ? (value as Value) : entry.default;
  if (entry.type === 'string' || entry.type === 'boolean') {
    if (typeof value !== entry.type) return entry.default;
  } else if (typeof value !== 'number' || !Number.isFinite(value)) return entry.default;
  if (entry.values) return entry.values.find((choice) => choice === value) ?? entry.default;
  if (typeof value !== 'number') return value as Value;
  const whole = entry.type === 'integer' ? Math.round(value) : value;
  return Math.min(Math.max(whole, entry.minimum ?? whole), entry.maximum ?? whole) as Value;
}

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}
