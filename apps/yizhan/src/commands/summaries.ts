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
  study: {
    en: 'compare the scheduler with first come, first served and with the optimum in hindsight, on one day',
    zh: '在同一天上比较本产品调度、先到先得与事后最优',
  },
  export: { en: 'write the whole event log as NDJSON', zh: '以 NDJSON 导出全部事件' },
  verify: { en: 'check an export against the promises of the event contract', zh: '按事件约定校验导出文件' },
  decisions: {
    en: 'decide again from the log what the scheduler has decided, and say what differs',
    zh: '依据日志重做全部调度决定并指出不同',
  },
  rebuild: {
    en: 'drop the figures of the command centre and make them again from the log',
    zh: '清除指挥中心指标并由事件日志重建',
  },
  migrate: { en: 'bring the database to this version', zh: '将数据库升级到当前版本' },
  backup: {
    en: 'back everything up while work goes on, encrypted, to a folder or a stick',
    zh: '在运行中备份全部数据（加密）到文件夹或优盘',
  },
  restore: {
    en: 'make a data directory from a backup, where there is none, and verify it',
    zh: '由备份恢复数据目录（不覆盖已有数据），并校验',
  },
  doctor: {
    en: 'say what is wrong with this machine or configuration, and what to do',
    zh: '检查本机与配置，指出问题与修复办法',
  },
  slip: { en: 'verify handoff slips offline, and look after their keys', zh: '离线核验车辆交接单并管理其密钥' },
  slipVerify: { en: 'verify the QR code of a handoff slip, offline', zh: '离线核验车辆交接单二维码' },
  slipKeys: { en: 'write the public keys that slips are verified with', zh: '导出核验用的公钥' },
  slipRotate: { en: 'sign slips with a new key from the next start on', zh: '下次启动起改用新密钥签发' },
  'set-up': {
    en: 'make the station of a file, its operators and drivers, in the Yizhan that runs; again to begin a shift',
    zh: '按文件建立中转站、操作员与中转司机（驿站须在运行）；换班时再运行一次',
  },
  token: { en: 'make an access token; prints the token alone', zh: '签发访问令牌（只打印令牌本身）' },
  parked: {
    en: 'events that could not be handled: sum up, list, show, release, discard',
    zh: '未能处理的事件：汇总、列出、查看、放行、剔除',
  },
  summary: { en: 'show what holds subjects up, by handler and error', zh: '按处理程序与错误汇总被搁置的对象' },
  list: { en: 'show parked events in the order of the log', zh: '按日志顺序列出搁置的事件' },
  show: { en: 'show one parked event whole, with its subject in the log', zh: '查看一个搁置的事件及其对象的历史' },
  release: {
    en: 'let subjects be tried again, each from its first parked event on',
    zh: '重新处理对象，从其首个搁置的事件起',
  },
  discard: {
    en: 'leave the first parked event of its subject out, with a reason; the later ones go on',
    zh: '说明理由并剔除对象的首个搁置事件，其后的事件继续处理',
  },
  discarded: { en: 'show what was left out, by whom and why', zh: '列出已剔除的事件、操作人与理由' },
  cluster: {
    en: 'start every service in processes of its own on this machine, with Kafka between them and one address',
    zh: '在本机以多进程启动全部服务，经 Kafka 交换事件，对外一个地址',
  },
  topics: { en: 'the topic on Kafka: check it, provision it', zh: 'Kafka 主题：检查、创建' },
  check: { en: 'say what is wrong with the topic', zh: '检查主题，指出问题' },
  provision: { en: 'make the topic where there is none', zh: '主题不存在时创建' },
  refill: { en: 'fill Kafka again from the log, as after a loss of its data', zh: '由事件日志重新填充 Kafka' },
  quarantined: { en: 'show messages that could not be read as an event', zh: '列出无法读作事件的消息' },
} as const;
