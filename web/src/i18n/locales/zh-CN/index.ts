import codes from './codes.json';
import desk from './desk.json';
import lists from './lists.json';
import live from './live.json';
import problems from './problems.json';
import report from './report.json';
import shell from './shell.json';

export const texts = { shell, live, report, desk, lists, codes, problems };
