import "./styles/app.css";
import { linkClauses } from "./features/clauses";
import { drafts } from "./features/drafts";
import { fileFields } from "./features/files";
import { keepPage } from "./features/language";
import { leave } from "./features/leave";
import { overrides } from "./features/overrides";
import { poll } from "./features/poll";
import { readings } from "./features/reading";
import { recorders } from "./features/record";
import { review } from "./features/review";
import { submitOnce } from "./features/submit";
import { waves } from "./features/wave";

// Before all: what is answered in place is not sent.
review(document);
// Before drafts: the reading must follow what a draft restores, and a form being sent is not 'left'.
readings(document);
overrides(document);
submitOnce(document);
drafts(document);
poll(document);
linkClauses(document);
fileFields(document);
recorders(document);
waves(document);
keepPage(document);
leave();
