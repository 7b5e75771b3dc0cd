import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startServer, type ChildServer } from './childServer.ts';
import { startContainer } from './container.ts';
import type { FoundProgram } from './goProgram.ts';

/** A server that is told everything in files. */
export interface ConfiguredServer {
  /** For messages. */
  readonly name: string;
  readonly program: FoundProgram;
  /** The content of each file, by its name; written as JSON, which is YAML too. */
  readonly files: (folder: string) => Readonly<Record<string, unknown>>;
  readonly args: (folder: string) => readonly string[];
}

/** Such servers would wait for the connections that their clients keep open. */
const stopMs = 1_000;

/** Starts it with a folder of its own, which goes with it, and waits until `isReady` answers true. */
export async function startConfigured(
  { name, program, files, args }: ConfiguredServer,
  isReady: () => Promise<boolean>,
): Promise<ChildServer> {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-server-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await mkdir(join(folder, 'data'));
    for (const [file, content] of Object.entries(files(folder)))
      await writeFile(join(folder, file), JSON.stringify(content, null, 2));
    const server = await start(name, program, args(folder), folder, isReady);
    const stop = async () => {
      await server.stop();
      await remove();
    };
    return { ...server, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

function start(
  name: string,
  program: FoundProgram,
  args: readonly string[],
  folder: string,
  isReady: () => Promise<boolean>,
): Promise<ChildServer> {
  if (program.kind === 'binary')
    return startServer(name, [program.path, ...args], isReady, { stopMs });
  const container = { name, image: program.image, flags: hostFlags(folder), args };
  return startContainer(container, isReady);
}

/** As a program on this machine would run: its network, the folder at its place, and files of whoever runs it. */
export const hostFlags = (folder: string): readonly string[] => [
  '--network=host',
  `--volume=${folder}:${folder}`,
  `--user=${String(process.getuid?.() ?? 0)}:${String(process.getgid?.() ?? 0)}`,
];

/** Whether this address answers, whatever it says. */
export async function answers(url: string): Promise<boolean> {
  await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).text();
  return true;
}

/** Whether it answers with success. */
export async function isWell(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.text();
  return response.ok;
}
