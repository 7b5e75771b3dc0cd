import type { Driver } from './driver.ts';

type Policy = Driver.policies.loadBalancing.LoadBalancingPolicy;
/** The driver's own types demand an error. */
type NextHosts = (error: unknown, hosts: Iterator<Driver.Host>) => void;

/**
 * Lets the driver ask one node only, the one it was told of. Its peers know each other by addresses that
 * often lead nowhere from outside: behind port forwards, in containers, in another network.
 * @param address as the driver writes it: `127.0.0.1:9042`, `::1:9042`
 */
export function onlyPoint(driver: typeof Driver, address: string): Policy {
  const { distance } = driver.types;
  class OnlyPoint extends driver.policies.loadBalancing.LoadBalancingPolicy {
    #hosts: readonly Driver.Host[] = [];

    override init(_client: Driver.Client, hosts: Driver.HostMap, done: Driver.EmptyCallback): void {
      this.#hosts = hosts.values().filter((host) => host.address === address);
      (done as () => void)();
    }

    override getDistance(host: Driver.Host): Driver.types.distance {
      return host.address === address ? distance.local : distance.ignored;
    }

    override newQueryPlan(...[, , done]: Parameters<Policy['newQueryPlan']>): void {
      (done as NextHosts)(null, this.#hosts[Symbol.iterator]());
    }
  }
  return new OnlyPoint();
}
