import { visibleJson } from '../core/base/visibleText.ts';

/** A value as `--json` prints it: for programs, and harmless to a terminal. */
export const jsonText = (value: unknown): string => visibleJson(JSON.stringify(value, null, 2));
