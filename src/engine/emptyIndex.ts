import type { CodeIndex } from '../core/code/model.ts';

/** The index before any code was read. */
export const emptyIndex: CodeIndex = {
  projects: [],
  handlers: [],
  calls: [],
  problems: [],
  files: new Set(),
  otherFiles: new Set(),
  goServices: [],
  outputs: [],
  models: [],
  method: () => undefined,
  methodsOf: () => [],
  methodsNamed: () => [],
  ancestryOf: () => undefined,
  controllerMethods: () => [],
  reachableCalls: () => [],
  callees: () => ({ methods: [], isOpen: false, callsPackages: false }),
  callsUnknown: () => false,
  enhancersAround: () => ({ everywhere: [], named: [] }),
  globalEnhancers: () => [],
  lifecycleHooks: () => [],
  hasIndependentTurns: () => false,
};
