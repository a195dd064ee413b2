/** The few sentences that scripts show; pages carry all others. */
const vietnamese = {
  sending: "Đang gửi…",
  restored: "Đã khôi phục phần soạn dở lúc {time}.",
  restoredOverChange:
    "Còn phần soạn dở lúc {time}, nhưng nội dung trên máy chủ đã thay đổi từ đó. Nội dung đang hiển thị là của máy chủ.",
  restore: "Lấy lại phần soạn dở",
  discard: "Bỏ phần soạn dở",
  pollFailed: "Mất kết nối với máy chủ. Đang thử lại…",
  chooseFile: "Chọn tệp",
  noFile: "Chưa chọn tệp nào",
  readingFailed: "Mất kết nối nên bản đọc chưa theo kịp chữ vừa gõ.",
  overrideSelection: "Đặt cách đọc cho chữ đang chọn",
  overrideTitle: "Cách đọc “{printed}”",
  overrideSaid: "Lời đọc",
  overrideHint: "Chỉ dùng trong lời đọc này. Để trống thì không đọc chữ này.",
  overrideHere: "Dùng lời đọc này",
  overrideDrop: "Bỏ cách đọc riêng",
  overrideCancel: "Thôi",
  overrideLexicon: "Đưa vào từ điển của tỉnh, dùng cho mọi tin, bài (mở trang mới)",
  noMicrophone: "Không dùng được micrô. Hãy cho phép trình duyệt dùng micrô, hoặc tải tệp lên.",
  recording: "Đang thu…",
  recordingSent: "Đang gửi bản ghi…",
  recordingUnsent: "Chưa gửi được bản ghi. Bản ghi vẫn còn trên trang này: khi có mạng, hãy bấm “Tải lên”.",
  recordingName: "thu-am",
  recordingKept: "Đã thu xong. Nghe lại rồi bấm “Gửi duyệt”.",
  stationSignIn: "Đăng nhập lại để gửi những việc này",
  stationRefused: "Máy chủ không nhận: {why}",
  stationDrop: "Bỏ việc này",
};

type Key = keyof typeof vietnamese;

const english: Record<Key, string> = {
  sending: "Sending…",
  restored: "Your unsaved text of {time} has been restored.",
  restoredOverChange:
    "There is unsaved text of {time}, but the text on the server has changed since. What you see is the server's.",
  restore: "Bring back the unsaved text",
  discard: "Discard the unsaved text",
  pollFailed: "The server cannot be reached. Trying again…",
  chooseFile: "Choose a file",
  noFile: "No file chosen",
  readingFailed: "The server cannot be reached, so the reading is behind what you typed.",
  overrideSelection: "Set the reading of what is selected",
  overrideTitle: "Reading of “{printed}”",
  overrideSaid: "Said",
  overrideHint: "For this script only. Leave it empty to say nothing here.",
  overrideHere: "Use this reading",
  overrideDrop: "Drop my own reading",
  overrideCancel: "Cancel",
  overrideLexicon: "Put it into the province's lexicon, for every story (opens a new page)",
  noMicrophone: "The microphone cannot be used. Allow the browser to use it, or send a file.",
  recording: "Recording…",
  recordingSent: "Sending the recording…",
  recordingUnsent: "The recording could not be sent. It is still on this page: press “Send” when the network is back.",
  recordingName: "recording",
  recordingKept: "Recorded. Listen to it, then press “Send for approval”.",
  stationSignIn: "Sign in again to send these",
  stationRefused: "The server did not take it: {why}",
  stationDrop: "Drop it",
};

/** The sentence in the page's language, with `{name}` filled from `values`. */
export function say(key: Key, values: Record<string, string> = {}): string {
  const sentence = (document.documentElement.lang.startsWith("en") ? english : vietnamese)[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A number as the page's language writes it: 1.234,5 or 1,234.5. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(document.documentElement.lang || "vi", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
