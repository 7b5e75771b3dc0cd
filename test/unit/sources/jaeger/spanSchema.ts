import { z } from 'zod';

const hex = (most: number) =>
  z
    .string()
    .regex(/^[0-9a-fA-F]+$/)
    .max(most);
const micros = z.union([z.number(), z.string().regex(/^-?\d{1,20}$/)]);
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();
const tags = list(z.object({ key: z.string(), value: z.unknown().optional() }));

/** A span of Jaeger's JSON (v1.67, model/json/model.go), written as a schema: the reader's oracle. */
export const jaegerSpan = (processes: readonly string[]) =>
  z.object({
    traceID: hex(32),
    spanID: hex(16),
    operationName: z.string(),
    references: list(z.object({ traceID: hex(32), spanID: hex(16) })),
    startTime: micros,
    duration: micros,
    tags,
    logs: list(z.object({ timestamp: micros, fields: tags })),
    processID: z.string().refine((id) => processes.includes(id)),
    warnings: list(z.string()),
  });
