import { styleText } from 'node:util';

/** Colours text for a terminal, or leaves it as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'cyan', text: string) => string;

export const plain: Paint = (_style, text) => text;
export const colored: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Colours only where a person looks, and not where `NO_COLOR` says no (https://no-color.org). */
export const paintFor = (isTerminal: boolean, env: NodeJS.ProcessEnv): Paint =>
  isTerminal && (env['NO_COLOR'] ?? '') === '' ? colored : plain;
