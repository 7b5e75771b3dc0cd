import type { CodeIndex } from '../../src/core/code/model.ts';

/** All that an index answers, for a comparison with another. */
export function indexContents(index: CodeIndex) {
  const methods = [...index.files].sort().flatMap((path) => index.methodsOf(path));
  return {
    projects: index.projects,
    handlers: index.handlers,
    calls: index.calls,
    problems: index.problems,
    outputs: index.outputs,
    files: [...index.files].sort(),
    methods,
    named: methods.map(({ className, name }) => index.methodsNamed(className, name)),
    ancestries: methods.map(({ className }) => index.ancestryOf(className)),
    reached: methods.map(({ id }) =>
      index.reachableCalls(id).map(({ call, distance }) => `${call.id} ${distance}`),
    ),
    unknown: methods.map(({ id }) => index.callsUnknown(id)),
    steps: methods.map(({ id }) => index.enhancersAround(id)),
    globalEnhancers: index.globalEnhancers(),
    hooks: index.lifecycleHooks(),
  };
}
