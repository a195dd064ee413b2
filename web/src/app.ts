import "./styles/app.css";
import { linkClauses } from "./features/clauses";
import { drafts } from "./features/drafts";
import { fileFields } from "./features/files";
import { keepPage } from "./features/language";
import { poll } from "./features/poll";
import { review } from "./features/review";
import { scriptLength } from "./features/script-length";
import { submitOnce } from "./features/submit";

// Before all: what is answered in place is not sent.
review(document);
// Before drafts: the length must follow what a draft restores, and a form being sent is not 'left'.
scriptLength(document);
submitOnce(document);
drafts(document);
poll(document);
linkClauses(document);
fileFields(document);
keepPage(document);
