/** Instrumentation scopes by what their spans are of. */
export const httpScopes = /[-/](?:http|undici|fetch)$/;
export const redisScopes = /redis/;
export const sqlScopes = /[-/](?:pg|mysql2?|knex|tedious|oracledb)$/;
export const messageScopes = /redis|amqplib|kafka|nats|mqtt|grpc/;
/** BullMQ's spans have the name of a tracer that the application chooses. */
export const anyScope = /^/;
