/** What a filter may look in by name, as it is typed in front of `:` or `=`. */
const fields = {
  service: 'service',
  operation: 'operation',
  name: 'operation',
  span: 'operation',
  kind: 'kind',
  status: 'status',
  code: 'code',
  file: 'code',
  duration: 'duration',
  self: 'selfTime',
  mapped: 'mapped',
  critical: 'critical',
} as const;

export type FilterField = (typeof fields)[keyof typeof fields];

/** Fields that are a length of time. */
export type LengthField = Extract<FilterField, 'duration' | 'selfTime'>;
/** Fields that are so or not. */
export type FlagField = Extract<FilterField, 'mapped' | 'critical'>;
/** Fields that are a text. */
export type TextField = Exclude<FilterField, LengthField | FlagField>;

/** The fields as help names them. */
export const fieldNames = [
  ...['service', 'name', 'kind', 'status', 'file', 'duration', 'self', 'mapped', 'critical'],
] as const;

/** The field of that name, in any case; undefined where there is none. */
export function fieldNamed(name: string): FilterField | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(fields, key) ? fields[key as keyof typeof fields] : undefined;
}

export const isLengthField = (field: FilterField): field is LengthField =>
  field === 'duration' || field === 'selfTime';

export const isFlagField = (field: FilterField): field is FlagField =>
  field === 'mapped' || field === 'critical';
