export const options = {
  synchronize: true, // planted
  query_timeout: 1000, // planted
  statement_timeout: 1000,
};
export const consumer = { fromBeginning: false, idempotent: false }; // planted
export const producer = {
  fromBeginning: true,
  idempotent: true, // planted
  allowAutoTopicCreation: true, // planted
};
