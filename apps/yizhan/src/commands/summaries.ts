/** One line for each command. */
export const summaries = {
  yizhan: {
    en: 'Yizhan (驿站): coordinates relay stations, where drivers change and trucks go on.',
    zh: '驿站：协调中转站，换人不换车。',
  },
  start: {
    en: 'start every service in this process, on an embedded PostgreSQL',
    zh: '在本进程启动全部服务（内嵌 PostgreSQL）',
  },
  replay: { en: 'play real gate passages as arrivals, on an accelerated clock', zh: '以加速时钟回放真实卡口通行记录' },
  export: { en: 'write the whole event log as NDJSON', zh: '以 NDJSON 导出全部事件' },
  verify: { en: 'check an export against the promises of the event contract', zh: '按事件约定校验导出文件' },
  migrate: { en: 'bring the database to this version', zh: '将数据库升级到当前版本' },
  doctor: {
    en: 'say what is wrong with this machine or configuration, and what to do',
    zh: '检查本机与配置，指出问题与修复办法',
  },
  token: { en: 'make an access token; prints the token alone', zh: '签发访问令牌（只打印令牌本身）' },
  parked: { en: 'events that could not be handled: list and release them', zh: '查看并放行未能处理的事件' },
  list: { en: 'show parked events in the order of the log', zh: '按日志顺序列出搁置的事件' },
  release: { en: 'let a subject be tried again, from its first parked event on', zh: '从首个搁置事件起重新处理该对象' },
} as const;
