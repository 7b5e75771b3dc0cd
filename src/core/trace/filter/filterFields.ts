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
} as const;

export type FilterField = (typeof fields)[keyof typeof fields];

/** The fields as help names them. */
export const fieldNames = ['service', 'name', 'kind', 'status', 'file', 'duration'] as const;

/** The field of that name, in any case; undefined where there is none. */
export function fieldNamed(name: string): FilterField | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(fields, key) ? fields[key as keyof typeof fields] : undefined;
}
