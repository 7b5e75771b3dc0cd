import { useMessages } from '../core/base/message.ts';
import { runCommandLine } from './runCommandLine.ts';
import { wording } from './wording.ts';

useMessages(wording);
const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
});
// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

void runCommandLine(
  process.argv.slice(2),
  {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    isTerminal: process.stdout.isTTY,
    env: process.env,
    cwd: process.cwd(),
  },
  stop.signal,
).then((code) => {
  process.exitCode = code;
});
