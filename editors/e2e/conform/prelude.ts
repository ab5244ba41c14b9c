import * as p from 'vscode-languageserver-protocol';

type Params<T> = T extends p.ProtocolRequestType<infer P, any, any, any, any> ? P : T extends p.ProtocolNotificationType<infer P, any> ? P : null;
type Result<T> = T extends p.ProtocolRequestType<any, infer R, any, any, any> ? R : T extends p.ProtocolRequestType0<infer R, any, any, any> ? R | null : never;
type Partial<T> = T extends p.ProtocolRequestType<any, any, infer R, any, any> ? R : never;
type WorkDone = p.WorkDoneProgressBegin | p.WorkDoneProgressReport | p.WorkDoneProgressEnd;
type Page = { title: string; root?: string; html?: string; path?: string };

