import { platesIn } from './find-plate.js';

const read = (text: string) => platesIn(text).map(({ province = '?', rest }) => `${province}${rest}`);

it.each([
  ['浙A12345', ['浙A12345']],
  ['浙A·12345', ['浙A12345']],
  ['浙A•12345', ['浙A12345']],
  ['浙A・12345', ['浙A12345']],
  ['浙A.12345', ['浙A12345']],
  ['浙 A 12345', ['浙A12345']],
  ['浙a·1b2c3', ['浙A1B2C3']],
  // The rear of a truck has two lines.
  ['浙A\n12345', ['浙A12345']],
  ['浙\nA·12345', ['浙A12345']],
  ['货运有限公司\n苏E·8K999\n总质量 18000 kg', ['苏E8K999']],
  ['浙Ｇ１２３４５', ['浙G12345']],
  // New energy: small, and large.
  ['浙AD12345', ['浙AD12345']],
  ['沪A·DF1234', ['沪ADF1234']],
  ['浙A12345D', ['浙A12345D']],
  ['粤B·F1234O', ['粤BF12340']],
  // O and I are not on plates: they are digits.
  ['浙A·1O3O5', ['浙A10305']],
  ['浙A·I2345', ['浙A12345']],
  // Who reads Latin letters alone leaves out the province.
  ['A·12345', ['?A12345']],
  ['A12345\n浙A12345', ['浙A12345']],
  ['A12345\n浙B54321', ['浙B54321', '?A12345']],
])('in %j it reads %j', (text, plates) => expect(read(text)).toEqual(plates));

it.each([
  [''],
  ['HELLO WORLD'],
  ['MAX LOAD'],
  ['13800001234'],
  // Of a trailer, a learner, the police.
  ['浙A1234挂'],
  ['浙A12345挂'],
  ['浙A1234学'],
  ['浙A1234警'],
  ['浙A123'],
  ['浙A1234567'],
  ['浙I12345'],
  ['浙AABCDE'],
  ['YZ1:A12345B67'],
])('in %j there is none', (text) => expect(read(text)).toEqual([]));
