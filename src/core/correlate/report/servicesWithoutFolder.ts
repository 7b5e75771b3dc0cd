import type { MappingReport, ServiceReport } from './mappingReport.ts';

/** Services whose code may be here, but in which folder is not known. A proxy's is nowhere. */
export const servicesWithoutFolder = ({ services }: MappingReport): readonly ServiceReport[] =>
  services.filter(({ folder, sorts }) => {
    const isProxy = sorts.some(({ causes }) => causes.some(({ cause }) => cause === 'proxy'));
    return folder === undefined && !isProxy;
  });
