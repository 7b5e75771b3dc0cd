import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TraceSource } from '../../../../src/core/ports.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import {
  dockerBridge,
  openComposeNetwork,
  whyNoNamespaces,
  type ComposeNetwork,
} from '../../../support/composeNetwork.ts';
import { eventually } from '../../../support/eventually.ts';
import { startReceiverProcess, type ReceiverProcess } from '../../../support/receiverProcess.ts';
import { recordedTraces } from '../../../support/sdkSpans.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const port = 4318;
const service = fileURLToPath(new URL('../../../support/exporterMain.ts', import.meta.url));

describe('a container on a Compose network', function () {
  this.timeout(120_000);
  let folder: string;
  let network: ComposeNetwork;
  let receiver: ReceiverProcess;
  let source: TraceSource;
  before(function () {
    const reason = whyNoNamespaces();
    if (reason === undefined) return;
    console.log(`      ${reason}`);
    this.skip();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-container-'));
    network = await openComposeNetwork();
    source = openLocalSource({ databasePath: join(folder, 'traces.db'), log: silentLog });
  });
  afterEach(async () => {
    source.dispose();
    await receiver.close();
    network.close();
    rmSync(folder, { recursive: true });
  });

  function receive(host: string): ReceiverProcess {
    receiver = startReceiverProcess(join(folder, 'traces.db'), port, {
      host,
      command: network.onMachine,
    });
    return receiver;
  }
  /** Runs a service with the real SDK there. @returns how many spans of its trace are in the store. */
  async function deliver(
    place: readonly string[],
    endpoint: string,
    timeoutMs = 60_000,
  ): Promise<number> {
    const [program, ...before] = place;
    const { stdout: id } = await promisify(execFile)(
      program!,
      [...before, process.execPath, service],
      {
        env: {
          ...process.env,
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
          OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs),
        },
      },
    );
    return (await source.trace(id, signal).catch(() => ({ spans: [] }))).spans.length;
  }
  const whole = recordedTraces()[0]!.length;
  const toHost = `http://host.docker.internal:${port}`;

  for (const host of [dockerBridge, '0.0.0.0'])
    it(`delivers its spans to host.docker.internal with the setting ${host}`, async () => {
      network.addDockerBridge();
      assert.equal((await receive(host).reach('listening')).host, host);
      assert.equal(await deliver(network.inContainer, toHost), whole);
      assert.equal(await deliver(network.onMachine, `http://localhost:${port}`), whole);
    });

  it('delivers nothing on Linux without the setting: loopback is the machine’s own', async () => {
    network.addDockerBridge();
    await receive('127.0.0.1').reach('listening');
    assert.equal(await deliver(network.inContainer, toHost, 2_000), 0);
    assert.equal(await deliver(network.onMachine, `http://127.0.0.1:${port}`), whole);
  });

  it('delivers its spans once Docker runs, also where the receiver started first', async () => {
    const { problem = '' } = await receive(dockerBridge).reach('listening');
    assert.match(problem, /no such address/);
    network.addDockerBridge();
    const last = () => Promise.resolve(receiver.states.at(-1));
    await eventually(
      'the bridge',
      last,
      (state) => state?.kind === 'listening' && state.host === dockerBridge,
      20_000,
    );
    assert.equal(await deliver(network.inContainer, toHost), whole);
  });
});
