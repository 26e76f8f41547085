import { isOurProgram, programIn } from './process-identity.js';

it('reads the program of a process from what Windows says of it', () => {
  expect(programIn('"Postgres.exe","4321","Services","0","12,345 K"\r\n')).toBe('postgres.exe');
  expect(programIn('\r\n"node.exe","17","Console","1","9 K"\r\n')).toBe('node.exe');
  expect(programIn('信息: 没有运行的任务匹配指定标准。\r\n')).toBeUndefined();
  expect(programIn('')).toBeUndefined();
});

it('takes a process for one of ours where nothing says otherwise', () => {
  expect(isOurProgram(process.pid)).toBe(true);
});
