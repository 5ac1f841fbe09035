import type { Language } from './language.js';

/** In simplified characters. */
export const zh: Language = {
  tag: 'zh',
  titles: { 401: '尚未登录', 403: '无法访问', 503: '暂时不可用' },
  anonymous: '您尚未登录。请通过本站的登录页面访问。',
  refused: '此请求的身份信息不可信。如果您是本站管理员，可在日志中查看原因。',
  denied: '您已登录，但无权访问此页面。',
  unknown: '您已登录，但在本站没有账户。请联系本站管理员。',
  unavailable: '暂时无法查询您的账户。请一分钟后再试。',
  undecided: '本站正在启动。请稍后再试。',
  start: '前往首页',
  signIn: '登录',
};
