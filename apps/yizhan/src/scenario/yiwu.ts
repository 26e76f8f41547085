import type { Scenario } from './scenario.js';
import { yiwuRoster } from './yiwu-roster.js';

const zone = 'yiwu';

/** One pool of relay drivers over three counties, as Jinhua had it in August 2022; the trucks are those of the passages. */
export const yiwu: Scenario = {
  id: 'yiwu',
  title: 'Yiwu: one zone, three relay stations, one pool of drivers',
  text:
    'Real: when a cargo vehicle passed which toll gate, and its capacity class. Made up: everything else - drivers, plates, carriers, ' +
    'enterprises, cargo, licences, the direction of each truck and the station that it goes to, how long things take, and who declines, fails or stays away. ' +
    'The gates are in the passages by number only; that they stand beside these stations is made up too. Station sites are rounded to 0.01 degrees.',
  area: { code: 'yiwu', name: '义乌保供片区' },
  policy: 'cn-freight',
  utcOffsetMinutes: 480,
  tickSeconds: 60,
  runSteps: ['unloaded'],
  zones: [{ id: zone, level: 'silent', countyCodes: ['330782'], stations: ['jindong', 'pujiang', 'yiwu-port'] }],
  stations: [
    {
      code: 'jindong',
      name: '金东中转站',
      countyCode: '330703',
      location: { latitude: 29.23, longitude: 119.87 },
      bays: 16,
    },
    {
      code: 'pujiang',
      name: '浦江中转站',
      countyCode: '330726',
      location: { latitude: 29.44, longitude: 120.02 },
      bays: 24,
    },
    {
      code: 'yiwu-port',
      name: '义乌港中转站',
      countyCode: '330782',
      location: { latitude: 29.34, longitude: 120.09 },
      bays: 28,
    },
  ],
  gates: [
    {
      tollgate: '1',
      zone,
      stations: [
        { code: 'yiwu-port', share: 0.6 },
        { code: 'jindong', share: 0.4 },
      ],
    },
    { tollgate: '3', zone, stations: [{ code: 'pujiang', share: 1 }] },
  ],
  vehicles: [
    { model: '0', licence: 'C1', plateColour: 'blue', trailer: false },
    { model: '1', licence: 'C1', plateColour: 'blue', trailer: false },
    { model: '2', licence: 'B2', plateColour: 'yellow', trailer: false },
    { model: '3', licence: 'B2', plateColour: 'yellow', trailer: false },
    { model: '4', licence: 'B2', plateColour: 'yellow', trailer: false },
    { model: '5', licence: 'A2', plateColour: 'yellow', trailer: true },
    { model: '6', licence: 'A2', plateColour: 'yellow', trailer: true },
    { model: '7', licence: 'A2', plateColour: 'yellow', trailer: true },
  ],
  relayDrivers: yiwuRoster(zone),
  carriers: [
    { id: 'carrier-01', name: '甲物流（虚构）', share: 5, plates: ['浙G', '浙A'] },
    { id: 'carrier-02', name: '乙货运（虚构）', share: 4, plates: ['浙G', '浙B'] },
    { id: 'carrier-03', name: '丙速运（虚构）', share: 3, plates: ['浙A', '浙D', '沪D'] },
    { id: 'carrier-04', name: '丁运输（虚构）', share: 3, plates: ['苏E', '苏A'] },
    { id: 'carrier-05', name: '戊供应链（虚构）', share: 2, plates: ['皖A', '赣E'] },
    { id: 'carrier-06', name: '己集运（虚构）', share: 2, plates: ['浙C', '闽D'] },
    { id: 'carrier-07', name: '庚冷链（虚构）', share: 1, plates: ['鲁Q', '豫A'] },
    { id: 'carrier-08', name: '辛专线（虚构）', share: 1, plates: ['粤B', '湘A'] },
  ],
  enterprises: [
    { id: 'enterprise-01', name: '小商品一厂（虚构）', zone, share: 4, priority: 0 },
    { id: 'enterprise-02', name: '针织二厂（虚构）', zone, share: 4, priority: 0 },
    { id: 'enterprise-03', name: '饰品三厂（虚构）', zone, share: 3, priority: 0 },
    { id: 'enterprise-04', name: '拉链四厂（虚构）', zone, share: 3, priority: 0 },
    { id: 'enterprise-05', name: '包装五厂（虚构）', zone, share: 3, priority: 0 },
    { id: 'enterprise-06', name: '玩具六厂（虚构）', zone, share: 2, priority: 0 },
    { id: 'enterprise-07', name: '电子七厂（虚构）', zone, share: 2, priority: 2 },
    { id: 'enterprise-08', name: '光伏八厂（虚构）', zone, share: 2, priority: 3 },
    { id: 'enterprise-09', name: '粮油配送中心（虚构）', zone, share: 2, priority: 5 },
    { id: 'enterprise-10', name: '医用品十厂（虚构）', zone, share: 1, priority: 7 },
  ],
  durations: {
    checks: { kind: 'triangular', minSeconds: 180, modeSeconds: 300, maxSeconds: 720 },
    checksAgain: { kind: 'triangular', minSeconds: 600, modeSeconds: 900, maxSeconds: 1_800 },
    accept: { kind: 'lognormal', medianSeconds: 40, p95Seconds: 150, maxSeconds: 255 },
    travelToBay: { kind: 'triangular', minSeconds: 60, modeSeconds: 180, maxSeconds: 420 },
    intoBay: { kind: 'triangular', minSeconds: 30, modeSeconds: 60, maxSeconds: 150 },
    swap: { kind: 'triangular', minSeconds: 300, modeSeconds: 480, maxSeconds: 900 },
    departAfterRelease: { kind: 'triangular', minSeconds: 60, modeSeconds: 120, maxSeconds: 360 },
    roundTrip: { kind: 'lognormal', medianSeconds: 5_400, p95Seconds: 8_400, maxSeconds: 12_600 },
    noShowAfter: { kind: 'triangular', minSeconds: 600, modeSeconds: 900, maxSeconds: 1_200 },
    parkAfter: { kind: 'triangular', minSeconds: 1_200, modeSeconds: 1_500, maxSeconds: 2_100 },
    absence: { kind: 'triangular', minSeconds: 5_400, modeSeconds: 7_200, maxSeconds: 14_400 },
    nameAnother: { kind: 'triangular', minSeconds: 900, modeSeconds: 1_800, maxSeconds: 3_000 },
    comeBack: { kind: 'triangular', minSeconds: 60, modeSeconds: 240, maxSeconds: 900 },
    clearHold: { kind: 'triangular', minSeconds: 900, modeSeconds: 1_500, maxSeconds: 2_700 },
  },
  rates: {
    decline: 0.04,
    silent: 0.01,
    noShow: 0.015,
    checkFails: 0.02,
    checkFailsAgain: 0.3,
    hold: 0.008,
    sealMismatch: 0.003,
    otherStation: 0.2,
    waits: 0.6,
    goesAway: 0.3,
    takesOtherTruck: 0.1,
    nobodyThere: 0.03,
    carriesLoadBack: 0.35,
  },
};
