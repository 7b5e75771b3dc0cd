import { handlerTitle } from '../core/code/nest/handlerTitle.ts';
import { callTitle } from '../core/code/calls/callTitle.ts';
import type { IndexReport } from '../core/code/indexReport.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

/** The listing for people: a line each, `file:line` last. */
export function indexText({ handlers, prismaCalls, calls }: IndexReport): readonly string[] {
  const titles = handlers.map((handler) => cell(handlerTitle(handler)));
  const names = handlers.map(({ controller, handler }) => cell(`${controller}.${handler}`));
  const queries = prismaCalls.map(({ model, operation }) =>
    cell(model === null ? operation : `${model}.${operation}`),
  );
  const within = prismaCalls.map(({ enclosing }) => cell(enclosing));
  const others = calls.map((call) => {
    const { operation, target } = call;
    const title = { ...call, operation: operation ?? undefined, target: target ?? undefined };
    return cell(callTitle(title));
  });
  const othersWithin = calls.map(({ enclosing }) => cell(enclosing));
  return [
    `${handlers.length} handlers`,
    ...listed(titles, names, handlers),
    '',
    `${prismaCalls.length} Prisma calls`,
    ...listed(queries, within, prismaCalls),
    '',
    `${calls.length} other calls`,
    ...listed(others, othersWithin, calls),
  ];
}

function listed(
  first: readonly string[],
  second: readonly string[],
  places: readonly { readonly file: string; readonly line: number }[],
): readonly string[] {
  const widths = [widthOf(first, 70), widthOf(second, 50)] as const;
  return places.map(({ file, line }, row) =>
    [
      ' ',
      fitted(first[row] ?? '', widths[0]),
      fitted(second[row] ?? '', widths[1]),
      `${cell(file)}:${line}`,
    ].join(' '),
  );
}
