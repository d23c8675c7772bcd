"""Abbreviations of the phones, written out, and the words that are no slips of the finger."""

from __future__ import annotations

from typing import Final

from messages.fold import fold
from messages.understand.lexicon import PHRASES
from messages.understand.spelling import spelled

_SHORT: Final = (
    "kn=ket nap; qdinh=quyet dinh; kk=kho khan; bch=ban chap hanh; btv=ban thuong vu; "
    "đtn=doan thanh nien; nqcb=nghi quyet chi bo; e=em; qc=quan chung; dv=dang vien; cb=chi bo; "
    "qd=quyet dinh; nq=nghi quyet; bc=bao cao; bt=bi thu; pbt=pho bi thu; qcut=quan chung uu tu; "
    "ttll=tham tra ly lich; ntn=nhu the nao; ko=khong; k=khong; kg=khong; hok=khong; khg=khong; "
    "hk=khong; kh=khong; kon=khong; hem=khong; kp=khong phai; r=roi; rùi=roi; dk=duoc; đk=duoc; "
    "dx=duoc; d/c=dong chi; d.c=dong chi; dchi=dong chi; đchi=dong chi; hnay=hom nay; hqua=hom qua; hwa=hom qua; "
    "wa=qua; trc=truoc; trk=truoc; vs=voi; ng=nguoi; ngta=nguoi ta; bn=bao nhieu; bnh=bao nhieu; "
    "bnhieu=bao nhieu; j=gi; mik=minh; tui=toi; qi=quy i; qii=quy ii; qiii=quy iii; qiv=quy iv; "
    "quyi=quy i; quyii=quy ii; quyiii=quy iii; quyiv=quy iv; qui=quy; wy=quy; wui=quy; wi=quy; iu=yeu; "
    "lm=lam; dg=dang; cx=cung; bit=biet; hd=huong dan; td=tien do; tdo=tien do; vm=vuong mac; "
    "ds=danh sach; hs=ho so; ll=ly lich; dtn=doan thanh nien; btc=ban to chuc; ctd=cam tinh dang; "
    "ctiet=chi tiet; cthuc=chinh thuc; dbo=dang bo; tdp=to dan pho; kqua=ket qua; kq=ket qua; "
    "dvi=don vi; thag=thang; ngafy=ngay; ngya=ngay; hum=hom; qa=qua; hqa=hom qua; qiu=quy; quu=quy; kps=khong phat sinh; kco=khong co; kops=khong phat sinh; ti=ty; li=ly; lí=ly; tg=thoi gian; "
    "cug=cung; đag=dang; dag=dang; trg=truong; ctieu=chi tieu; hoanthanh=hoan thanh; "
    "xn=xac nhan; xkld=xuat khau lao dong; xklđ=xuat khau lao dong; nvqs=nghia vu quan su; dky=dang ky; nx=nua; ps=phat sinh; z=vay; s/n=sn; s.n=sn; nd=nong dan; ccb=cuu chien binh; mttq=mat tran; ubnd=uy ban; hnd=hoi nong dan; hpn=hoi phu nu; lhpn=hoi phu nu; mún=muon; mun=muon"
)


def _written_out(entries: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.split("=") for entry in entries.split(";"))
    return {fold(short): tuple(long.split()) for short, long in pairs if fold(short) != long.strip()}


ABBREVIATIONS: Final = _written_out(_SHORT)
"""A folded abbreviation -> the folded words it stands for."""

_FILLERS: Final = (
    "toi em anh chi ong ba co chu bac chau minh ta cac nhung mot hai bon nam sau bay tam chin muoi la thi ma va voi "
    "cho cua o tai tu den di ve vao ra len xuong lai roi da dang se sap vua moi cung nua rat qua lam nhe nha a oi "
    "nay do kia ay the vay sao gi nao ai dau khi luc hom ngay thang quy sang chieu toi trua dem mai qua nay tuan "
    "truoc tiep theo duoc bi xin phep kinh thua gui bao cao nhan tin biet thay noi hoi lam viec can phai nen muon "
    "chua khong co con het chi thoi hay hoac neu vi do boi nhung tuy mac du trong ngoai tren duoi giua dc dong "
    "nguoi truong hop so luong tong ket qua don vi xa thon ban lang huyen tinh thi tran khu pho ngay sinh nam tuoi "
    "dan toc ton giao nghe nghiep giao vien cong nhan nong dan sinh vien bo doi y si thu quan kinh doanh "
    "dep troi mua nang nong lanh khoe com nuoc nha xe may dien thoai mang tien hop le buoi ruot"
)
KNOWN: Final = frozenset(fold(" ".join(PHRASES.values())).replace(",", " ").split()) | set(_FILLERS.split())
"""Folded words that are what they are, so that no slip of the finger is looked for in them."""

FILLERS: Final = frozenset(_FILLERS.split())
"""Folded words of everyday speech."""

KNOWN_FORMS: Final = frozenset(
    spelled(word)
    for phrases in PHRASES.values()
    for word in phrases.replace(",", " ").replace("!", " ").split()
)
"""The words of the phrases with their marks, as `spelled` writes them."""
