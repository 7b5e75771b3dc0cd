import * as vscode from 'vscode';
import { endpointAt, otherMachinesHost } from '../../engine/receiver.ts';
import { inform } from '../notices.ts';
import { readSetting } from './settings.ts';

/** Docker's name for the machine that its containers run on; Podman and others know it too. */
const containersHost = 'host.docker.internal';

/** Copies what makes a service of this machine send its traces here, and offers the same for one elsewhere. */
export async function copyExporterSettings(): Promise<void> {
  const port = readSetting('spanhop.localStore.port');
  await copyFor('127.0.0.1', port);
  void offerElsewhere(port);
}

async function offerElsewhere(port: number): Promise<void> {
  const forContainer = vscode.l10n.t('Copy for a Container');
  const forMachine = vscode.l10n.t('Copy for Another Machine');
  const address = otherMachinesHost(readSetting('spanhop.localStore.host'));
  const chosen = await inform(
    vscode.l10n.t(
      'Copied the environment variables for exporting traces to Spanhop (port {0}).',
      port,
    ),
    forContainer,
    ...(address === undefined ? [] : [forMachine]),
  );
  if (chosen === forContainer) {
    await copyFor(containersHost, port);
    void inform(
      vscode.l10n.t(
        'Copied the environment variables for a service in a container. Docker on Linux also needs spanhop.localStore.host and extra_hosts; see “From containers” in the README.',
      ),
    );
  } else if (chosen === forMachine && address !== undefined) await copyFor(address, port);
}

async function copyFor(host: string, port: number): Promise<void> {
  await vscode.env.clipboard.writeText(
    `OTEL_EXPORTER_OTLP_ENDPOINT=${endpointAt(host, port)}\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n`,
  );
}
