/** What a study compares, in words; printed with every result. */
export const explanation = {
  en: [
    'Weighted waiting: minutes from when a truck is ready until the planned start with the driver with whom it goes, times 1 + its priority. Who gets no driver has waited until the end of the study.',
    'nearest first: trucks in the order in which they are ready, each with the eligible driver who can start soonest. yizhan: the scheduler of the product. Both ask the same hard rules.',
    'hindsight at least: a proven lower bound of what any plan waits that knows the whole day beforehand (stations and the way between them, licences, shifts and each truck’s own times are kept; drivers may be sent ahead of a truck, hours rules and rests forbid nothing, nobody declines, times are rounded in its favour). The optimum in hindsight lies between it and the better policy, so "closed" is proven as a least share.',
    'Bays never run short here: the study is about drivers. Travel is great-circle distance times the detour factor of the policy pack.',
  ],
  zh: [
    '加权等待：货车就绪到最终成行司机的计划开始时刻之间的分钟数，乘以（1＋优先级）；一直没有司机的，计到研究结束。',
    '先到先得（就近）：按就绪先后，逐车取可最早开始的合格司机。驿站：本产品的调度。两者遵守同样的硬性规则。',
    '事后最优下界：任何预知全天的计划都不可能低于的等待（保留站点与站间路程、准驾车型、班次与每车自身用时；放宽：司机可先于货车调往他站，驾驶时限与休息不设限，无人拒绝，时间按有利方向取整）。事后最优介于下界与较优策略之间，故“已缩小”为可证明的最低比例。',
    '泊位不设限；站间路程为大圆距离乘以政策包的绕行系数。',
  ],
} as const;
