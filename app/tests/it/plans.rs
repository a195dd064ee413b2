//! A document is read, compared, confirmed, and is in force.

mod api;
mod asking;
mod correction;
mod pages;
mod read;
mod real;
mod relations;
mod review;
mod upgrade;

/// A small plan of the world's agency: one theme, two channels, three duties, a yearly report.
pub const SMALL: &str = "\
Số: /KH-STTTT

Hà Nam, ngày tháng năm 2021

**KẾ HOẠCH**
**Tuyên truyền nhỏ giai đoạn 2021 - 2030 trên địa bàn tỉnh Hà Nam**

Thực hiện Quyết định số 1578/QĐ-UBND ngày 06 tháng 9 năm 2021 của UBND tỉnh, Sở Thông tin và Truyền thông ban hành Kế hoạch như sau:

I. NỘI DUNG

1. Nội dung tuyên truyền

- Cơ chế một cửa.

2. Hình thức tuyên truyền

- Trên loa truyền thanh, trên Cổng thông tin điện tử tỉnh.

II. TỔ CHỨC THỰC HIỆN

1. Sở Thông tin và Truyền thông

- Theo dõi, đôn đốc thực hiện Kế hoạch.

2. Đề nghị Ủy ban nhân dân các xã

Phát nội dung tuyên truyền trên loa hằng tháng.

3. Đề nghị Sở Nội vụ

Cung cấp thông tin.

Trên đây là Kế hoạch, đề nghị báo cáo kết quả về Sở Thông tin và Truyền thông trước ngày 01 tháng 10 hằng năm.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn Mẫu
";

/// The small plan, live.
pub async fn small_live(world: &crate::world::World) -> loa::ids::PlanId {
    let chi = world.person_of("chi").await;
    let so = world.unit("so").await;
    let id = loa::plans::import(&world.app, &chi, so, "nho.md", SMALL.as_bytes())
        .await
        .expect("a draft");
    loa::plans::accept_all(&world.app, &chi, id)
        .await
        .expect("decisions");
    loa::plans::confirm(&world.app, &chi, id)
        .await
        .expect("a plan");
    id
}
