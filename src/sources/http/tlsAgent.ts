import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { getCACertificates } from 'node:tls';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { HttpAccess } from './access.ts';

/**
 * Checks and shows certificates as the settings say; undefined where Node's own way is meant. Its connections are closed
 * after each answer.
 * @throws SourceError `rejected` when a file can't be read
 */
export async function tlsAgent(access: HttpAccess): Promise<Agent | undefined> {
  const { caFile, clientCertificateFile, clientKeyFile, network } = access;
  const [ca, certificate, key] = await Promise.all(
    [caFile, clientCertificateFile, clientKeyFile].map(contentOf),
  );
  const trustsSystem = network?.systemCertificates === true;
  const isStrict = network?.strictSsl !== false;
  if (ca === undefined && certificate === undefined && !trustsSystem && isStrict) return undefined;
  return new Agent({
    rejectUnauthorized: isStrict,
    ...(ca === undefined && !trustsSystem
      ? {}
      : {
          ca: [
            ...getCACertificates('default'),
            ...(trustsSystem ? getCACertificates('system') : []),
            ...(ca === undefined ? [] : [ca]),
          ],
        }),
    ...(certificate === undefined ? {} : { cert: certificate, key: key ?? certificate }),
  });
}

async function contentOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new SourceError(
      'rejected',
      message("Can't read certificate file {0} ({1}). Check its path.", path, code),
    );
  }
}
