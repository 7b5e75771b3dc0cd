import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

/** The address that Docker on Linux writes for `host-gateway` into a container's hosts file. */
export const dockerBridge = '172.17.0.1';

/**
 * A machine with Docker's bridge and a Compose network with one container on it, as Docker on Linux makes them:
 * namespaces with a bridge and a veth pair. They vanish with their processes; the real network isn't touched.
 */
export interface ComposeNetwork {
  /** In front of a command: runs it on the machine, or in the container. */
  readonly onMachine: readonly string[];
  readonly inContainer: readonly string[];
  addDockerBridge(): void;
  close(): void;
}

/** Why there can be none here; undefined where there can. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux') return 'Network namespaces are a thing of Linux.';
  try {
    execFileSync('unshare', ['--net', '--mount', 'ip', 'link', 'add', 'probe', 'type', 'bridge'], {
      stdio: 'pipe',
    });
    return undefined;
  } catch {
    return 'Network namespaces need root, and the commands unshare, nsenter and ip.';
  }
}

export async function openComposeNetwork(): Promise<ComposeNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'spanhop-compose-'));
  // Each lives until its input ends, so not longer than this process.
  const machine = spawn('unshare', ['--net', 'cat'], { stdio: 'pipe' });
  const container = spawn('unshare', ['--net', '--mount', 'cat'], { stdio: 'pipe' });
  const enter = ({ pid }: ChildProcess, ...namespaces: string[]) => [
    ...['nsenter', `--wd=${process.cwd()}`, '--target', String(pid)],
    ...namespaces,
  ];
  const onMachine = enter(machine, '--net');
  const inContainer = enter(container, '--net', '--mount');
  for (const one of [machine, container])
    await eventually('a namespace', () => Promise.resolve(namespaceOf(one.pid)), isNew);

  const run = ([program = '', ...before]: readonly string[], line: string) =>
    execFileSync(program, [...before, ...line.split(' ')], { stdio: 'pipe' });
  run(onMachine, 'ip link set lo up');
  run(onMachine, 'ip link add compose type bridge');
  run(onMachine, 'ip address add 172.18.0.1/16 dev compose');
  run(onMachine, 'ip link set compose up');
  run(onMachine, `ip link add veth0 type veth peer name eth0 netns ${String(container.pid)}`);
  run(onMachine, 'ip link set veth0 master compose up');
  run(inContainer, 'ip link set lo up');
  run(inContainer, 'ip address add 172.18.0.2/16 dev eth0');
  run(inContainer, 'ip link set eth0 up');
  run(inContainer, 'ip route add default via 172.18.0.1');
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost\n${dockerBridge} host.docker.internal\n`);
  run(inContainer, `mount --bind ${hosts} /etc/hosts`);

  return {
    onMachine,
    inContainer,
    addDockerBridge() {
      run(onMachine, 'ip link add docker0 type bridge');
      run(onMachine, `ip address add ${dockerBridge}/16 dev docker0`);
      run(onMachine, 'ip link set docker0 up');
    },
    close() {
      for (const one of [machine, container]) one.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** `unshare` is the program itself at first, still in this namespace. */
const namespaceOf = (pid: number | undefined): string =>
  readlinkSync(`/proc/${String(pid)}/ns/net`);
const isNew = (namespace: string) => namespace !== namespaceOf(process.pid);
