import { parentPort } from 'node:worker_threads';
import { laidOutSql, markedSql } from './formatSql.ts';
import type { SqlAnswer, SqlQuestion } from './sqlThread.ts';

/** Entry of the thread that lays out SQL: colors of the text as it is come first, since laying out may never end. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with SqlThread.');
  const port = parentPort;
  const tell = (answer: SqlAnswer) => port.postMessage(answer);
  port.on('message', ({ statement, dialect }: SqlQuestion) => {
    tell({ marked: markedSql(statement, dialect), isLast: false });
    tell({ marked: markedSql(laidOutSql(statement, dialect), dialect), isLast: true });
  });
}

serve();
