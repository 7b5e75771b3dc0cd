import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../test/support/chromium.ts';
import { pageScript } from '../test/support/pageScript.ts';
import { generateWorkspace } from './generatedWorkspace.ts';
import type { HostReady, HostWanted, TraceAnswered } from './waterfall/hostProcess.ts';
import { controllers, madeTraces, type MadeTrace } from './waterfall/madeTrace.ts';
import { measureInEditor } from './waterfall/inEditor.ts';
import { measurePage, type PageFigures } from './waterfall/measurePage.ts';
import { memoryOf, watchMemory } from './waterfall/memory.ts';
import { inEditor, jaegerUi, plain, spanhop, type PageKind } from './waterfall/pageKinds.ts';
import { reportText } from './waterfall/report.ts';
import type { StepFigures, StepsWanted } from './waterfall/steps.ts';
import type { TraceReady, TraceWanted } from './waterfall/traceServer.ts';

/** One page with one trace: the middle of several runs; or why there are no figures. */
export interface WaterfallReport
  extends Partial<Omit<PageFigures, 'columnsAt'>>, Partial<StepFigures> {
  readonly trace: string;
  readonly page: PageKind['page'];
  readonly spans: number;
  readonly answerMB: number;
  /** From the engine's answer to columns in the page. */
  readonly transferMs?: number | undefined;
  /** The most that the page and the engine's process had together. */
  readonly memoryMB?: number;
  /** What the engine's process had of it before the trace: the indexed workspace. */
  readonly engineBaseMB?: number | undefined;
  /** In VS Code: until the editor had begun the webview's page; a part of `rowsMs`. */
  readonly webviewMs?: number;
  /** Processes that wanted a core in the last minute: on a busy machine all takes longer. */
  readonly load: number;
  readonly failure?: string;
}

const runs = Number(process.env['SPANHOP_BENCH_RUNS'] ?? 2);

/**
 * Prints, or answers as JSON, how the built page does with traces of a Jaeger, the real engine behind it; the same for
 * a plain page and, where JAEGER_UI_DIR names a built copy, for Jaeger UI. Each page gets processes of its own.
 * @param given names of made traces, none: all; and `--editor`: in a window of the real editor as well
 */
export async function benchWaterfall(asJson: boolean, given: readonly string[]): Promise<void> {
  const names = given.filter((name) => name !== '--editor');
  const traces = madeTraces.filter(({ name }) => names.length === 0 || names.includes(name));
  if (traces.length < names.length)
    throw new Error(`The made traces are ${madeTraces.map(({ name }) => name).join(', ')}.`);
  if (!existsSync(new URL('../dist/waterfall.js', import.meta.url)))
    throw new Error('dist is missing: run "npm run build", then this again.');
  const workspace = await mkdtemp(join(tmpdir(), 'spanhop-waterfall-'));
  await generateWorkspace(workspace, controllers * 3);
  const server = start('traceServer.ts');
  const pageHost = await pageScript(new URL('waterfall/pageHost.ts', import.meta.url));
  const reports: WaterfallReport[] = [];
  try {
    for (const trace of traces) {
      const { port, bytes } = await ask<TraceReady>(server, {
        name: trace.name,
      } satisfies TraceWanted);
      const jaegerUrl = `http://127.0.0.1:${port}`;
      const all: readonly PageKind[] = [
        spanhop,
        ...(given.includes('--editor') ? [inEditor] : []),
        plain,
        ...(process.env['JAEGER_UI_DIR'] === undefined ? [] : [jaegerUi]),
      ];
      for (const kind of all) {
        const common = {
          trace: trace.name,
          page: kind.page,
          spans: trace.size,
          answerMB: Math.round(bytes / 1e6),
        };
        const measure = () => measureOnce(kind, trace, { jaegerUrl, workspace, pageHost });
        const report = { ...common, ...(await middle(measure)), load: loadavg()[0] ?? 0 };
        const wanted: StepsWanted = { jaegerUrl, workspace, traceId: trace.traceId };
        if (kind === spanhop) {
          const stepsProcess = start('steps.ts');
          Object.assign(report, await ask<StepFigures>(stepsProcess, wanted));
        }
        reports.push(report);
        if (!asJson) console.log(reportText(report, reports));
      }
    }
  } finally {
    server.disconnect();
    await rm(workspace, { recursive: true });
  }
  if (asJson) console.log(JSON.stringify(reports, undefined, 2));
}

type Figures = Partial<Omit<PageFigures, 'columnsAt'>> &
  Pick<WaterfallReport, 'webviewMs' | 'transferMs' | 'memoryMB' | 'engineBaseMB' | 'failure'>;

/** Of each figure the middle one, the lower of two; the first failure where there is one. */
async function middle(measure: () => Promise<Figures>): Promise<Figures> {
  const all: Figures[] = [];
  for (let run = 0; run < runs; run += 1) {
    const figures = await measure();
    if (figures.failure !== undefined) return figures;
    all.push(figures);
  }
  const names = Object.keys(all[0] ?? {}) as (keyof Omit<Figures, 'failure'>)[];
  return Object.fromEntries(
    names.map((name) => {
      const values = all.map((one) => one[name] ?? 0).toSorted((a, b) => a - b);
      return [name, values[Math.floor((values.length - 1) / 2)]];
    }),
  );
}

interface Surroundings {
  readonly jaegerUrl: string;
  readonly workspace: string;
  readonly pageHost: string;
}

async function measureOnce(
  kind: PageKind,
  trace: MadeTrace,
  { jaegerUrl, workspace, pageHost }: Surroundings,
): Promise<Figures> {
  if (kind === inEditor)
    return measureInEditor(trace, { jaegerUrl, workspace }).catch((error: unknown) => ({
      failure: error instanceof Error ? error.message : String(error),
    }));
  const browser = await launchChromium();
  const { traceId, namePart } = trace;
  let host: ChildProcess | undefined;
  let answeredAt = 0;
  try {
    let url = `${jaegerUrl}/${kind.page === 'plain' ? 'plain' : 'trace'}/${traceId}`;
    if (kind.page === 'spanhop') {
      host = start('hostProcess.ts');
      const wanted: HostWanted = { jaegerUrl, workspace, traceId };
      const { port } = await ask<HostReady>(host, wanted);
      host.on('message', (message: TraceAnswered) => ({ answeredAt } = message));
      url = `http://127.0.0.1:${port}/`;
    }
    const engineBaseMB = host?.pid === undefined ? undefined : memoryOf([host.pid]);
    const memory = watchMemory(host?.pid);
    const script = kind.page === 'spanhop' ? pageHost : '';
    try {
      const wanted = { url, script, namePart };
      const { columnsAt, ...figures } = await measurePage(browser, kind, wanted);
      const transferMs = columnsAt === undefined ? undefined : columnsAt - answeredAt;
      return { ...figures, transferMs, memoryMB: memory.stop(), engineBaseMB };
    } catch (error) {
      memory.stop();
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  } finally {
    host?.disconnect();
    await browser.close();
  }
}

const start = (file: string): ChildProcess =>
  fork(new URL(`waterfall/${file}`, import.meta.url), { execArgv: ['--expose-gc'] });

async function ask<T>(child: ChildProcess, question: object): Promise<T> {
  child.send(question);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('A process of the bench ended: see above.');
    }),
  ])) as [T];
  return answer;
}
