; What the installer says, in our own words. Inno Setup brings no Chinese in every version, so this is laid over its
; English; what stands here is all that a person meets in the wizard that setup.iss describes.

[LangOptions]
LanguageName=简体中文
LanguageID=$0804
LanguageCodePage=0

[Messages]
SetupAppTitle=安装
SetupWindowTitle=安装 - %1
UninstallAppTitle=卸载
UninstallAppFullTitle=卸载 %1
InformationTitle=提示
ConfirmTitle=请确认
ErrorTitle=出错

LastErrorMessage=%1。%n%n错误 %2：%3
SetupFileMissing=缺少文件 %1，请重新下载安装程序。
SetupFileCorrupt=安装程序已损坏，请重新下载。
SetupFileCorruptOrWrongVer=安装程序已损坏或不完整，请重新下载。
SetupAlreadyRunning=安装程序已经在运行。
WindowsVersionNotSupported=这个程序不能在这台电脑的 Windows 版本上运行。
OnlyOnTheseArchitectures=这个程序只能装在下列类型的 Windows 上：%n%n%1
WinVersionTooLowError=这个程序需要 %1 %2 或更新的版本。
AdminPrivilegesRequired=请用管理员账号登录后再安装。
SetupAppRunningError=%1正在运行。%n%n请先保存并退出所有窗口，再按“确定”继续；按“取消”则不安装。
UninstallAppRunningError=%1正在运行。%n%n请先保存并退出所有窗口，再按“确定”继续；按“取消”则不卸载。

ErrorCreatingDir=不能建立文件夹“%1”
ErrorTooManyFilesInDir=文件夹“%1”里的文件太多，不能再建立文件
ExitSetupTitle=退出安装
ExitSetupMessage=还没有装完。现在退出，程序就没有装好。%n%n以后可以重新运行安装程序。%n%n要退出吗？

ButtonBack=< 上一步(&B)
ButtonNext=下一步(&N) >
ButtonInstall=安装(&I)
ButtonOK=确定
ButtonCancel=取消
ButtonYes=是(&Y)
ButtonNo=否(&N)
ButtonFinish=完成(&F)
ButtonBrowse=浏览(&B)…
ButtonWizardBrowse=浏览(&R)…
ButtonNewFolder=新建文件夹(&M)

ClickNext=按“下一步”继续，按“取消”退出。
BrowseDialogTitle=选择文件夹
BrowseDialogLabel=请在下面选择一个文件夹，再按“确定”。
NewFolderName=新建文件夹
WelcomeLabel1=安装[name]
WelcomeLabel2=将在这台电脑上安装[name/ver]。%n%n不需要管理员密码，也不需要联网。已有的数据库、备份和设置都不会改动。

WizardSelectDir=安装位置
SelectDirDesc=把[name]装在哪里？
SelectDirLabel3=[name]将装在下面的文件夹里。数据库放在别处。
SelectDirBrowseLabel=按“下一步”继续。要换一个文件夹，请按“浏览”。
DiskSpaceMBLabel=至少需要 [mb] MB 磁盘空间。
CannotInstallToNetworkDrive=不能装在网络驱动器上。
CannotInstallToUNCPath=不能装在网络共享文件夹里。
InvalidPath=请填写带盘符的完整路径，例如：%n%nC:\APP
InvalidDrive=没有这个磁盘，或者不能访问。请另选一个。
DiskSpaceWarningTitle=磁盘空间不够
DiskSpaceWarning=安装至少需要 %1 KB，这个磁盘只剩 %2 KB。%n%n仍要继续吗？
DirNameTooLong=文件夹的名称或路径太长。
InvalidDirName=文件夹的名称不对。
BadDirName32=文件夹的名称里不能有下列字符：%n%n%1
DirExistsTitle=文件夹已存在
DirExists=文件夹：%n%n%1%n%n已经存在。仍要装在这里吗？
DirDoesntExistTitle=没有这个文件夹
DirDoesntExist=文件夹：%n%n%1%n%n不存在。要建立吗？

WizardSelectTasks=快捷方式
SelectTasksDesc=还要做什么？
SelectTasksLabel2=请勾选安装[name]时要做的事，再按“下一步”。
WizardReady=准备安装
ReadyLabel1=可以开始安装[name]了。
ReadyLabel2a=按“安装”开始；要改前面的选择，请按“上一步”。
ReadyLabel2b=按“安装”开始。
ReadyMemoDir=安装位置：
ReadyMemoTasks=快捷方式：

WizardPreparing=正在准备
PreparingDesc=正在准备安装[name]。
PreviousInstallNotCompleted=上一次的安装或卸载还没有完成，请重新启动电脑，再运行安装程序，装好[name]。
CannotContinue=不能继续安装，请按“取消”退出。
ApplicationsFound=下面的程序正在使用要更新的文件，建议让安装程序关闭它们。
ApplicationsFound2=下面的程序正在使用要更新的文件，建议让安装程序关闭它们，装完后再打开。
CloseApplications=自动关闭这些程序(&A)
DontCloseApplications=不关闭这些程序(&D)
ErrorCloseApplications=有的程序不能自动关闭。请先自己关闭它们，再继续。
WizardInstalling=正在安装
InstallingLabel=正在安装[name]，请稍候。
FinishedHeadingLabel=[name]装好了
FinishedLabelNoIcons=[name]已经装在这台电脑上。
FinishedLabel=[name]已经装在这台电脑上，可以从“开始”菜单或桌面启动。
ClickFinish=按“完成”退出安装程序。
FinishedRestartLabel=要装好[name]，需要重新启动电脑。现在重新启动吗？
FinishedRestartMessage=要装好[name]，需要重新启动电脑。%n%n现在重新启动吗？
YesRadio=是，现在重新启动(&Y)
NoRadio=否，以后再说(&N)

SetupAborted=没有装完。%n%n请先解决问题，再运行安装程序。
AbortRetryIgnoreSelectAction=请选择
AbortRetryIgnoreRetry=再试一次(&T)
AbortRetryIgnoreIgnore=不管它，继续安装(&I)
AbortRetryIgnoreCancel=取消安装
StatusClosingApplications=正在关闭程序…
StatusCreateDirs=正在建立文件夹…
StatusExtractFiles=正在解压文件…
StatusCreateIcons=正在建立快捷方式…
StatusCreateRegistryEntries=正在写入注册表…
StatusSavingUninstall=正在保存卸载信息…
StatusRunProgram=正在完成安装…
StatusRestartingApplications=正在重新打开程序…
StatusRollback=正在撤销…

ErrorFunctionFailedWithMessage=%1 失败，代码 %2。%n%3
ErrorExecutingProgram=不能运行文件：%n%1
FileAbortRetryIgnoreSkipNotRecommended=跳过这个文件，不建议(&S)
FileAbortRetryIgnoreIgnoreNotRecommended=不管它，继续安装，不建议(&I)
SourceIsCorrupted=安装程序里的文件已损坏
SourceDoesntExist=安装程序里没有文件“%1”
ExistingFileReadOnly2=原有的文件是只读的，不能替换。
ExistingFileReadOnlyRetry=去掉只读属性，再试一次(&R)
ExistingFileReadOnlyKeepExisting=保留原来的文件(&K)
ErrorReadingExistingDest=读取原有的文件时出错：
ErrorChangingAttr=更改原有文件的属性时出错：
ErrorCreatingTemp=在安装位置建立文件时出错：
ErrorReadingSource=读取安装程序里的文件时出错：
ErrorCopying=复制文件时出错：
ErrorReplacingExistingFile=替换原有的文件时出错：
ErrorRenamingTemp=在安装位置给文件改名时出错：
ErrorRestartingComputer=不能重新启动电脑，请自己重新启动。

UninstallNotFound=没有文件“%1”，不能卸载。
UninstallOpenError=不能打开文件“%1”，不能卸载
UninstallDataCorrupted=文件“%1”已损坏，不能卸载
ConfirmUninstall=要从这台电脑上删除%1吗？%n%n数据库、备份和设置都会保留。
UninstallOnlyOnWin64=只能在 64 位的 Windows 上卸载。
UninstallStatusLabel=正在删除%1，请稍候。
UninstalledAll=%1已经删除。%n%n数据库、备份和设置都保留着，重新安装后可以接着用。
UninstalledMost=%1已经卸载。%n%n有的文件没能删除，可以自己删除。
UninstalledAndNeedsRestart=要删除干净%1，需要重新启动电脑。%n%n现在重新启动吗？
WizardUninstalling=正在卸载
StatusUninstalling=正在卸载%1…
ShutdownBlockReasonInstallingApp=正在安装%1。
ShutdownBlockReasonUninstallingApp=正在卸载%1。
