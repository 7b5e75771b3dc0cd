import { spansText } from '../../../base/countText.ts';
import { message } from '../../../base/message.ts';
import type { TextField } from '../filterFields.ts';
import { attributeName } from '../filterTerm.ts';
import { unquote } from '../quotes.ts';
import type { CompletionOption, Typed } from './completionOption.ts';
import { fitting } from './fitting.ts';
import { namesOf, nameTerm } from './names.ts';
import { textOf, type FilterWords } from './filterWords.ts';

/** At most of each kind: the list is read at a glance. */
const most = { fields: 6, keys: 6, names: 3 };
/** Attributes where nothing is typed: what can be typed is what is asked. */
const mostUnasked = 30;

/** What a term may begin with, or be: fields, attributes, then names of this trace. */
export function termOptions(
  { sign, text }: Typed,
  words: FilterWords,
): readonly CompletionOption[] {
  if (/^[<>=!\d]/u.test(text)) return [];
  const typed = unquote(text);
  const isPhrase = text.startsWith('"');
  const option = (body: string, detail: string): CompletionOption => ({
    text: `${sign}${body}`,
    detail,
    isOpen: /[:=]$/u.test(body),
  });
  const attributes = words.attributes ?? [];
  const keys = fitting(attributes, ({ key }) => key, typed, {
    most: typed === '' ? mostUnasked : most.keys,
    from: 'beginning',
  });
  const named = (field: TextField, key: string) => {
    if (typed === '') return [];
    const limits = { most: most.names, from: 'beginning' } as const;
    const names = fitting(namesOf(field, typed, words), textOf, typed, limits);
    return names.map(({ text: name, count }) =>
      option(nameTerm(field, key, name), spansText(count)),
    );
  };
  return [
    ...(isPhrase ? [] : fieldOptions(typed).map(([body, detail]) => option(body, detail))),
    ...keys.map(({ key, count }) => option(`${attributeName(key)}=`, spansText(count))),
    ...named('service', 'service'),
    ...named('operation', 'name'),
    ...named('code', 'file'),
  ];
}

/** Fields are found by their beginning: few letters are in many of them. */
const fieldOptions = (typed: string): readonly (readonly [string, string])[] =>
  fields()
    .filter(([body]) => body.startsWith(typed.toLowerCase()))
    .slice(0, typed === '' ? undefined : most.fields);

const fields = (): readonly (readonly [string, string])[] => [
  ['service:', message('name of a service')],
  ['name:', message('name of an operation')],
  ['file:', message('file and line')],
  ['kind:', message('server, client, producer, …')],
  ['status:', message('ok, error or unset')],
  ['error', message('failed spans')],
  ['critical', message('spans on the critical path')],
  ['mapped:', message('with or without a line of code')],
  ['duration:', message('duration of a span')],
  ['self:', message('self time of a span')],
];
