/** Commands of Redis as node-redis spells them. */
const common =
  'get set del exists expire expireAt pExpire ttl pTtl incr incrBy incrByFloat decr decrBy mGet mSet mSetNX setEx pSetEx setNX getSet getDel getEx strLen ' +
  'setRange getRange getBit setBit bitCount bitPos persist unlink touch rename renameNX keys scan ' +
  'hGet hSet hSetNX hGetAll hDel hExists hIncrBy hIncrByFloat hKeys hVals hLen hmGet hmSet hScan hRandField hExpire hTtl ' +
  'lPush rPush lPushX rPushX lPop rPop lRange lLen lRem lTrim lIndex lInsert lSet lPos lMove rPopLPush bLPop bRPop bRPopLPush blMove ' +
  'sAdd sRem sMembers sIsMember smIsMember sCard sPop sRandMember sMove sUnion sUnionStore sInter sInterStore sDiff sDiffStore sScan ' +
  'zAdd zRem zRange zRevRange zRangeByScore zRevRangeByScore zRangeByLex zRangeWithScores zRangeStore zRank zRevRank zScore zmScore zCard zCount zIncrBy zPopMin zPopMax ' +
  'bzPopMin bzPopMax zRemRangeByScore zRemRangeByRank zRemRangeByLex zUnionStore zInterStore zUnion zInter zDiff zScan zLexCount zRandMember ' +
  'xAdd xRead xReadGroup xAck xDel xLen xRange xRevRange xTrim xGroup xGroupCreate xPending xPendingRange xClaim xAutoClaim xInfo xInfoStream xInfoGroups ' +
  'geoAdd geoDist geoHash geoPos geoRadius geoRadiusByMember geoSearch geoSearchStore pfAdd pfCount pfMerge ' +
  'publish subscribe pSubscribe unsubscribe pUnsubscribe sPublish sSubscribe ' +
  'watch unwatch exec eval evalSha evalRo fCall scriptLoad flushAll flushDb dbSize ping sendCommand bitField bitOp';

/** Those with names that everything has: recorded only in files that import a client. */
const everyday =
  'append call copy dump echo execAsPipeline info move randomKey restore role save select send_command sort sortRo time type wait script object memory config ' +
  'configGet configSet client clientList clientKill clientId clientGetName lastSave bgSave scriptExists scriptFlush functionLoad discard pubSubChannels pubSubNumSub';

/** Without a key, or with one that stands elsewhere than first. */
const keyless = new Set(
  (
    'scan exec unwatch flushall flushdb dbsize ping info time role save bgsave lastsave echo select wait script config client object memory ' +
    'configget configset clientlist clientkill clientid clientgetname xread xreadgroup xgroup xinfo bitop scriptload scriptexists scriptflush functionload discard randomkey pubsubchannels pubsubnumsub'
  ).split(' '),
);

/** Which argument the key is, where it isn't the first. */
const keyPositions = new Map([
  ...['eval', 'evalsha', 'evalro', 'fcall'].map((name) => [name, 2] as const),
  ...['call', 'sendcommand', 'send_command'].map((name) => [name, 1] as const),
]);

/** A command by the method's name: `hgetall`, `hGetAll`, `HGETALL` and `hgetallBuffer` are one. */
export const commandOf = (method: string): string => method.replace(/Buffer$/, '').toLowerCase();

/** Position of the key in the arguments of a command's method; undefined: it has none. */
export const keyPosition = (command: string): number | undefined =>
  keyless.has(command) ? undefined : (keyPositions.get(command) ?? 0);

/** Methods of common commands, in the spelling of each client, with how many arguments say what is asked for. */
export const commonCommands = methodsOf(common);
/** Methods of all the others. */
export const everydayCommands = methodsOf(everyday);

function methodsOf(names: string): ReadonlyMap<string, number> {
  return new Map(
    names.split(' ').flatMap((name) => {
      const lower = name.toLowerCase();
      const kept = (keyPosition(lower) ?? -1) + 1;
      const spellings = [name, lower, name.toUpperCase(), `${lower}Buffer`];
      return spellings.map((spelling) => [spelling, kept] as const);
    }),
  );
}

/** True for a method that sends a command. */
export const isCommand = (method: string): boolean =>
  commonCommands.has(method) || everydayCommands.has(method);
