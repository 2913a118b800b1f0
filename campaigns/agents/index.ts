export {
  type AgentDay,
  createDeskReader,
  type Desk,
  type DeskReader,
  type DeskWork,
} from './desk-read-model.ts';
